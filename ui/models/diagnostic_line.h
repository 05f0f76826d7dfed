#pragma once
#include "ui/look/theme.h"
#include "ui/session/model_diagnostic.h"

#include <QAbstractButton>

#include <vector>

namespace hindcast::ui {

/// What is wrong with a model, on a line beneath its text, or on two: "! line 7: x is not defined (1 of 3)". Pressing it goes to the
/// place, and to the next one where it is pressed again. Hidden where nothing is wrong.
class DiagnosticLine final : public QAbstractButton {
    Q_OBJECT
public:
    /// `theme` must outlive it.
    explicit DiagnosticLine(const Theme& theme, QWidget* parent = nullptr);

    /// The worse ones are shown first.
    void setDiagnostics(std::vector<ModelDiagnostic> diagnostics);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void placeWanted(int line, int column);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void showNumber(std::size_t number);
    [[nodiscard]] QStringList lines() const;  ///< as they stand in its width; at most two, of which the second may be cut

    const Theme& theme_;
    std::vector<ModelDiagnostic> all_;
    std::size_t shown_ = 0;
    bool visited_ = false;  ///< one has gone to the one that is shown
};

}  // namespace hindcast::ui
