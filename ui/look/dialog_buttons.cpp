#include "ui/look/dialog_buttons.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QPushButton>

namespace hindcast::ui {

DialogButtons dialogButtons(QDialog& dialog, const QString& accept)
{
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton* accepting = box->addButton(accept, QDialogButtonBox::AcceptRole);
    accepting->setProperty("primary", true);
    for (QAbstractButton* one : box->buttons()) one->setIcon({});
    QObject::connect(box, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(box, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    return {box, accepting};
}

}  // namespace hindcast::ui
