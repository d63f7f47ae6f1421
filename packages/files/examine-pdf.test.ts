import { expect, test } from 'vitest'
import { objectToPdf } from './examine-pdf.ts'
import { pdf } from './testing/make-files.ts'

const objection = (parts: Parameters<typeof pdf>[0]) => objectToPdf(String.fromCharCode(...pdf(parts)))

test.each(['1.0', '1.4', '1.7', '2.0'])('version %s is fine', (version) => {
  expect(objection({ version })).toBeUndefined()
})

test.each(['3.0', '0.9', 'x', ''])('version %s is not', (version) => {
  expect(objection({ version })).toContain('no version')
})

test.each(['%%EOF', '%%EOF\n', '%%EOF\r\n \t\0\0'])('it may end with %j', (end) => {
  expect(objection({ end })).toBeUndefined()
})

test.each(['', '%%EO', '%%EOF\nx', '%%EOF\n<html>', `%%EOF${' '.repeat(2000)}`])(
  'it may not end with %j',
  (end) => {
    expect(objection({ end })).toContain('end')
  },
)

test.each([
  ['JavaScript', '<</S /JavaScript /JS (app.alert(1))>>'],
  ['JavaScript', '<</S/JavaScript/JS 7 0 R>>'],
  ['J#61vaScript', '<</S /J#61vaScript>>'],
  ['#4aavaScript', '<</S /#4aavaScript>>'],
  ['#4AavaScript', '<</S /#4AavaScript>>'],
  ['JS', '<</JS (app.alert(1))>>'],
  ['#4a#53', '<</#4a#53(app.alert(1))>>'],
  ['Rendition', '<</S /Rendition /JS (x)>>'],
  ['Launch', '<</S /Launch /F (cmd.exe)>>'],
  ['EmbeddedFile', '<</Type/EmbeddedFile>>'],
  ['EmbeddedFiles', '<</Names <</EmbeddedFiles 7 0 R>>>>'],
  ['RichMedia', '<</Subtype /RichMedia>>'],
  ['XFA', '<</AcroForm <</XFA[]>>>>'],
  ['Encrypt', '<</Encrypt 7 0 R>>'],
  ['Launch', '/Launch'],
])('/%s is not wanted', (name, body) => {
  expect(objection({ body })).toContain(` ${name}:`)
})

test.each([
  '/JSON',
  '/JavaScripts',
  '/LaunchPad',
  '/XFAs',
  '/EncryptMetadata false',
  '(JavaScript)',
  '/javascript',
])('%s is something else', (body) => {
  expect(objection({ body })).toBeUndefined()
})

test('long names are found in a stream too; a short one is there by chance', () => {
  expect(objection({ stream: '/JavaScript ' })).toContain('JavaScript')
  expect(objection({ stream: 'x/JS(' })).toBeUndefined()
})

test('a stream that does not end hides nothing before it', () => {
  expect(objection({ body: '/JS(x) stream\n' })).toContain('JS')
})
