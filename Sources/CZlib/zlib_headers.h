// zlib: checksums and compressed tables.
#include <zlib.h>
