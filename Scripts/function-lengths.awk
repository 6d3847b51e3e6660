# Prints every Swift function, initialiser, subscript or computed property of more than 60 lines.
# It relies on the formatter: a body that opens on a declaration indented by n columns closes on the
# first line that is n columns and a brace. Lines such as `case .sum(let u): return f(u)` are not
# counted: an exhaustive switch may be as long as what it switches over.

function indentation(line) {
  match(line, /^ */)
  return RLENGTH
}

function finish() {
  if (counted > 60) printf "  %s:%d: %d lines\n", FILENAME, start, counted
  open_at = -1
}

BEGIN { open_at = -1 }
FNR == 1 { open_at = -1 }

open_at >= 0 {
  if ($0 !~ /^ *case [^:]*.*: *[^ ]/) counted++
  # A declaration without a body (a protocol's requirement) ends before the next one begins.
  if (!body && indentation($0) <= open_at && $0 !~ /^ *(\)|->|where|\{|throws|async)/) open_at = -1
  else if (!body && $0 ~ /\{$/) body = 1
  else if (body && $0 ~ /^ *\}/ && indentation($0) == open_at) finish()
  else next
}

open_at < 0 && /^ *([a-z@][A-Za-z]*(\([^)]*\))? )*(func |init[?(<]|subscript[(<]|deinit \{|(static |lazy )?(var|let) [^=]*\{$|(static |lazy )?(var|let) .*= \{$)/ {
  if ($0 ~ /\}$/) next
  open_at = indentation($0)
  start = FNR
  counted = 1
  body = ($0 ~ /\{( .* in)?$/)
}
