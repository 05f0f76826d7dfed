#pragma once
#include "core/event/json.h"
#include "ui/look/theme.h"

#include <QDialog>

#include <memory>

class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace hindcast::ui {

/// One value whole, to read, select and copy. A text is shown as the text it is, anything else as JSON in lines.
class ValuePopup final : public QDialog {
    Q_OBJECT
public:
    /// `owner` keeps `value` alive. What takes time to write out is written on another thread.
    ValuePopup(const Theme& theme, const QString& title, std::shared_ptr<const void> owner, const Json& value,
               QWidget* parent = nullptr);
    enum class Form {
        Value,
        Sentences,  ///< ours: no letters of one width, no caret, and no more room than they take
    };
    /// A text that is there already.
    ValuePopup(const Theme& theme, const QString& title, const QString& text, QWidget* parent = nullptr, Form form = Form::Value);

    [[nodiscard]] QString text() const;
    /// One more button beside that which copies; the popup owns it.
    QPushButton* addButton(const QString& text);

private:
    void build(const Theme& theme, const QString& title);
    void write(const QString& text);
    void fitToText();

    QString whole_;
    QLabel* about_ = nullptr;
    QPlainTextEdit* edit_ = nullptr;
    QDialogButtonBox* buttons_ = nullptr;
};

}  // namespace hindcast::ui
