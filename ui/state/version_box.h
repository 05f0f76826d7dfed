#pragma once
#include <QSpinBox>

#include <functional>

namespace hindcast::ui {

/// Chooses a version. Takes numbers beyond the last, which become the last: that is said, not done in silence.
class VersionBox final : public QSpinBox {
    Q_OBJECT
public:
    /// `beyond` is told the digits that there is no version of.
    VersionBox(const QString& name, std::function<void(const QString&)> beyond, QWidget* parent = nullptr);
    QValidator::State validate(QString& text, int& position) const override;
    void fixup(QString& text) const override;

private:
    [[nodiscard]] QString digitsOf(const QString& text) const;
    [[nodiscard]] bool isNumber(const QString& text) const;

    std::function<void(const QString&)> beyond_;
};

}  // namespace hindcast::ui
