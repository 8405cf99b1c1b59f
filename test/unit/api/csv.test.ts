import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { parseCsv, writeCsv } from '../../../src/api/csv/csv.ts';

const cellsOf = (file: string) => parseCsv(file).rows.map(({ cells }) => cells);

describe('writeCsv()', () => {
  it('writes what parseCsv() reads again, whatever the cells hold', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(',', ';', '\t', '"', "'", '\r', '\n', '=', '+', '-', '@', 'a', 'ü'),
      }),
    );
    // A row of empty cells is an empty line, which no row is read of.
    const row = fc.array(cell, { minLength: 2, maxLength: 5 }).map(cells => ['row', ...cells]);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), rows => {
        expect(cellsOf(writeCsv([['a', 'b', 'c'], ...rows]))).to.deep.equal([['a', 'b', 'c'], ...rows]);
      }),
    );
  });

  it('leaves no cell that a spreadsheet takes for a formula', () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1"];
    const raw = writeCsv(evil.map(cell => ['x', cell]));
    for (const line of raw.trim().split('\r\n').slice(0, 4)) expect(line).to.match(/^\uFEFF?x,'/);
    expect(cellsOf(raw)).to.deep.equal(evil.map(cell => ['x', cell]));
  });

  it('writes RFC 4180 in UTF-8 with a mark at its beginning', () => {
    expect(
      writeCsv([
        ['a', 'b"c'],
        ['d,e', 'f\ng'],
      ]),
    ).to.equal('\uFEFFa,"b""c"\r\n"d,e","f\ng"\r\n');
  });
});

describe('parseCsv()', () => {
  it('takes commas, semicolons or tabs, and any end of line', () => {
    for (const separator of [',', ';', '\t'])
      for (const end of ['\n', '\r\n', '\r'])
        expect(cellsOf(['a;b,c', '1;2,3'].join(end).replaceAll(/[;,]/g, separator))).to.deep.equal([
          ['a', 'b', 'c'],
          ['1', '2', '3'],
        ]);
  });

  it('numbers the rows as a spreadsheet does, and leaves empty ones out', () => {
    const { rows } = parseCsv('a,b\n\n"two\nlines",x\n , \nlast,y');
    expect(rows.map(({ number }) => number)).to.deep.equal([1, 3, 5]);
  });

  it('names the row whose quote never ends', () => {
    expect(parseCsv('a,b\n1,"2\n3,4').brokenAt).to.equal(2);
    expect(parseCsv('a,b\n1,"2"x\n').rows[1]?.cells).to.deep.equal(['1', '2x']);
  });

  it('reads an empty file as no rows', () => {
    expect(parseCsv('')).to.deep.equal({ rows: [], brokenAt: null });
    expect(parseCsv('\uFEFF\r\n')).to.deep.equal({ rows: [], brokenAt: null });
  });
});
