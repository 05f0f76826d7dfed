#pragma once
#include <QString>
#include <QTextCursor>

class QTextDocument;

namespace hindcast::ui {

// What keys do to a script, each as one step for undo. They change the document through the cursor that they are given and leave
// that where the user goes on. GUI thread only.

/// What one level of indenting is in this text: what the first indented line begins with, else two blanks.
[[nodiscard]] QString indentOf(const QTextDocument& document);

/// A new line, indented as the present one; one level more behind an opening bracket, whose closing one, where it stands there,
/// gets a line of its own. Within prose (a template, a comment) the blanks are the only thing that is kept.
void breakLine(QTextCursor& cursor, bool prose);

/// The lines of the selection one level in or out; without a selection, blanks to the next level, or the line one level out.
void indentLines(QTextCursor& cursor, bool in);

/// The lines of the selection out of and into `//`: into, unless all of them are.
void toggleComment(QTextCursor& cursor);

/// Types a bracket or a quote as an editor does: an opening one brings its closing one where nothing stands that it would have to
/// enclose, and encloses a selection; a closing one that stands there already is stepped over; one that begins a line goes a level
/// out. False: it is any other character, or has nothing to do; the caller types it.
[[nodiscard]] bool typePair(QTextCursor& cursor, QChar typed, bool prose);

/// Takes both of an empty pair, or a level of the blanks a line begins with. False: the caller deletes as ever.
[[nodiscard]] bool eraseBackwards(QTextCursor& cursor);

}  // namespace hindcast::ui
