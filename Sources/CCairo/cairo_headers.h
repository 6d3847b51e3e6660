// Cairo: pictures as PNG, SVG and PDF.
#include <cairo/cairo.h>
#include <cairo/cairo-pdf.h>
#include <cairo/cairo-svg.h>
