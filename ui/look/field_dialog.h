#pragma once
#include <QDialog>
#include <QString>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hindcast::ui {

/// A dialog of one line of text, which says beneath it while one types what that means, or what is wrong with it; then it cannot be
/// accepted. GUI thread only.
class FieldDialog : public QDialog {
    Q_OBJECT
public:
    [[nodiscard]] QLineEdit& field() { return *field_; }
    [[nodiscard]] QString words() const;  ///< what is said of what is typed

protected:
    struct Texts {
        QString title;
        QString label;        ///< above the field
        QString name;         ///< of the field, for who does not see the label
        QString placeholder;  ///< examples
        QString wordsName;    ///< of what is said beneath
        QString accept;
    };
    /// The field is as wide as so many characters.
    FieldDialog(const Texts& texts, int characters, QWidget* parent);

    /// Looks at what is typed: say(). Whenever it changes; at first it is for the derived class to call.
    virtual void look() = 0;
    /// It was accepted: tells with what. Only while it can be used.
    virtual void choose() = 0;
    void say(const QString& text, bool usable);
    [[nodiscard]] QPushButton& acceptButton() { return *accept_; }

private:
    void accept() override;

    QString wordsName_;
    QLineEdit* field_;
    QLabel* words_;
    QPushButton* accept_;
};

}  // namespace hindcast::ui
