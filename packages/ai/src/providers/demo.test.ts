import { describe } from 'vitest'
import { createDemoProvider } from './demo/create-provider.ts'
import { describeAnswers } from './model-suite.ts'

describe('demo', () => {
  describeAnswers(() => createDemoProvider({ msPerWord: 0 }).model('demo'))
})
