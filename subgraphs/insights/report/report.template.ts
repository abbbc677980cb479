/**
 * The sales report as Typst source: A4, with page numbers, and a table whose header is repeated. Every word that depends on
 * figures, outlet or time comes in the data (`SalesDocument` of report.document.ts).
 */
export const salesReportTemplate = String.raw`
#let data = json("data.json")
#let ink = rgb("#1f2a30")
#let soft = rgb("#5b6770")
#let rule = rgb("#d9dfe2")
#let wash = rgb("#f4f7f7")
#let accent = rgb("#2f6f73")
#let warm = rgb("#d98324")

#set document(title: data.title, description: data.summary)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 20mm, bottom: 20mm),
  header: context if here().page() > 1 {
    set text(size: 8pt, fill: soft)
    grid(columns: (1fr, auto), data.outlet, data.range)
    v(-6pt)
    line(length: 100%, stroke: 0.5pt + rule)
  },
  footer: context {
    set text(size: 8pt, fill: soft)
    line(length: 100%, stroke: 0.5pt + rule)
    v(-6pt)
    grid(
      columns: (1fr, auto),
      data.made,
      [Page #counter(page).display() of #counter(page).final().first()],
    )
  },
)
#set text(size: 9.5pt, fill: ink, lang: "en", number-width: "tabular")
#set par(leading: 0.6em)
#show heading.where(level: 1): it => block(below: 0pt, text(size: 22pt, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 18pt, below: 8pt, sticky: true, text(size: 11pt, weight: "bold", it.body))

#let bar(share, color) = box(width: 100%, height: 4pt, radius: 2pt, fill: rule, place(left, box(
  width: calc.max(share, 0.01) * 100%,
  height: 4pt,
  radius: 2pt,
  fill: color,
)))

#grid(
  columns: (1fr, auto),
  align: (left + bottom, right + bottom),
  [
    #text(size: 8.5pt, weight: "bold", fill: accent, tracking: 0.08em, upper(data.kind))
    #v(9pt, weak: true)
    = #data.outlet
    #v(10pt, weak: true)
    #text(size: 11pt, fill: soft, data.range)
  ],
  text(size: 8.5pt, fill: soft, data.place.join(linebreak())),
)
#v(6pt)
#line(length: 100%, stroke: 1.2pt + accent)
#v(4pt)

// Amounts get more room than counts, and the longest value sets the size of all, so that none breaks into two lines.
#let weights = data.figures.map(figure => if figure.isAmount { 1.35 } else { 1 })
#let value(figure, size) = text(size: size, weight: "bold", figure.value)
#layout(page => {
  let gap = 8pt
  let pad = 10pt
  let unit = (page.width - gap * (weights.len() - 1)) / weights.sum()
  let fits = data.figures.zip(weights).map(((figure, weight)) => {
    14pt * calc.min(1, (unit * weight - 2 * pad) / measure(value(figure, 14pt)).width)
  })
  grid(
    columns: weights.map(weight => weight * 1fr),
    column-gutter: gap,
    ..data.figures.map(figure => block(
      width: 100%,
      height: 46pt,
      inset: pad,
      radius: 4pt,
      fill: if figure.isTotal { accent } else { wash },
      {
        set text(fill: if figure.isTotal { white } else { ink })
        place(top + left, text(size: 8pt, fill: if figure.isTotal { rgb("#d5e6e6") } else { soft }, figure.label))
        place(bottom + left, value(figure, calc.min(..fits)))
      },
    )),
  )
})

== #data.chart.title
#image("sales.svg", width: 100%, alt: data.chart.alt)

== #data.days.title
#table(
  columns: (1fr, auto, auto, auto, auto),
  align: (x, _) => if x == 0 { left } else { right },
  inset: (x: 8pt, y: 5pt),
  stroke: (_, y) => if y > 1 { (top: 0.5pt + rule) },
  fill: (_, y) => if y == 0 { accent },
  table.header(..data.days.header.map(name => text(size: 8.5pt, weight: "bold", fill: white, name))),
  ..data.days.rows.map(row => row.cells.map(cell => text(fill: if row.isQuiet { soft } else { ink }, cell))).flatten(),
  table.hline(stroke: 1pt + accent),
  ..data.days.total.map(cell => strong(cell)),
)

#v(16pt, weak: true)
#block(breakable: false, width: 100%, grid(
  columns: (5fr, 9fr),
  column-gutter: 24pt,
  [
    == #data.payments.title
    #if data.payments.rows.len() == 0 { text(fill: soft, data.payments.none) } else {
      for row in data.payments.rows {
        grid(columns: (1fr, auto), row.name, strong(row.amount))
        v(4pt, weak: true)
        bar(row.share, warm)
        v(4pt, weak: true)
        text(size: 8pt, fill: soft, row.note)
        v(10pt, weak: true)
      }
    }
    #block(width: 100%, inset: (top: 6pt), stroke: (top: 1pt + accent), grid(
      columns: (1fr, auto), strong(data.payments.total.label), strong(data.payments.total.amount),
    ))
  ],
  [
    == #data.items.title
    #if data.items.rows.len() == 0 { text(fill: soft, data.items.none) } else {
      grid(
        columns: (auto, 1fr, 1.6cm, auto, auto),
        column-gutter: 8pt,
        row-gutter: 8pt,
        align: (right, left, left, right, right),
        ..data.items.rows.map(row => (
          text(fill: soft, row.rank), row.name, pad(top: 2.5pt, bar(row.share, accent)), text(fill: soft, row.quantity), strong(row.amount),
        )).flatten(),
      )
    }
  ],
))

#v(14pt)
#text(size: 8pt, fill: soft, data.notes.join(linebreak()))
`;
