package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Sizes of a cell and of the frame around them, in pixels.
const (
	cellWidth  = 9
	cellHeight = 20
	baseline   = 15
	fontSize   = 15
	frame      = 16
)

// colours are those of the terminal where the program asks for none.
type colours struct{ text, ground string }

var (
	dark   = colours{"#d7dae0", "#15171c"}
	bright = colours{"#24292f", "#ffffff"}
)

// svg draws cells. The font is named alone: an emoji font beside it would draw the digits.
func (c colours) svg(rows [][]uv.Cell) string {
	width, height := len(rows[0])*cellWidth+2*frame, len(rows)*cellHeight+2*frame
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="JetBrains Mono" font-size="%d">`, width, height, fontSize)
	fmt.Fprintf(&out, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`, c.ground)
	for y, row := range rows {
		for x := 0; x < len(row); {
			run := 1
			for x+run < len(row) && row[x+run].Style.Equal(&row[x].Style) {
				run++
			}
			c.span(&out, row[x:x+run], x, y)
			x += run
		}
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// span draws cells of one style.
func (c colours) span(out *strings.Builder, cells []uv.Cell, x, y int) {
	style := cells[0].Style
	text, ground := hex(style.Fg, c.text), hex(style.Bg, "")
	if style.Attrs&uv.AttrReverse != 0 {
		if ground == "" {
			ground = c.ground
		}
		text, ground = ground, text
	}
	left, top := frame+x*cellWidth, frame+y*cellHeight
	if ground != "" {
		fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, left, top, len(cells)*cellWidth, cellHeight, ground)
	}
	for i, cell := range cells {
		if strings.TrimSpace(cell.Content) == "" {
			continue
		}
		fmt.Fprintf(out, `<text x="%d" y="%d" fill="%s"%s>%s</text>`, left+i*cellWidth, top+baseline, text, attributes(style), html.EscapeString(cell.Content))
	}
}

func attributes(s uv.Style) string {
	var out string
	if s.Attrs&uv.AttrBold != 0 {
		out += ` font-weight="bold"`
	}
	if s.Attrs&uv.AttrItalic != 0 {
		out += ` font-style="italic"`
	}
	if s.Attrs&uv.AttrFaint != 0 {
		out += ` opacity="0.6"`
	}
	if s.Underline != 0 {
		out += ` text-decoration="underline"`
	}
	return out
}

// hex is a colour as SVG writes it, or otherwise where there is none.
func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
