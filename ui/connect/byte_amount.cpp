#include "ui/connect/byte_amount.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::ByteAmount)
};

constexpr double kMost = 9e18;  // bytes

// Part of the language, not of a sentence: what is written is read again in any translation.
constexpr std::array<std::pair<const char*, double>, 5> kDecimal{{{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}}};

std::optional<double> unitOf(const QString& written)
{
    QString name = written.toLower();
    if (name == QLatin1String("byte") || name == QLatin1String("bytes") || name == QLatin1String("b")) return 1;
    const int power = static_cast<int>(QStringLiteral("kmgt").indexOf(name.left(1))) + 1;
    if (name.isEmpty() || power == 0) return {};
    name.remove(0, 1);
    const bool binary = name.startsWith(QLatin1Char('i'));
    if (binary) name.remove(0, 1);
    if (!name.isEmpty() && name != QLatin1String("b") && name != QLatin1String("byte") && name != QLatin1String("bytes"))
        return {};
    return std::pow(binary ? 1024.0 : 1000.0, power);
}

/// "1.5", "1,5", "12 000", "1,234,567", "1.234,5"; the error where it can be read in two ways, or in none.
std::expected<double, QString> numberOf(QString digits)
{
    static const QRegularExpression blanks(QStringLiteral("[\\s\u2009\u202f\u00a0'_]"));
    static const QRegularExpression groups(QStringLiteral("^[0-9]{1,3}(,[0-9]{3}){2,}$"));
    digits.remove(blanks);
    const QChar comma(u',');
    const QChar dot(u'.');
    const bool both = digits.contains(comma) && digits.contains(dot);
    if (both) {  // the last one is the fraction's
        const bool dotLast = digits.lastIndexOf(dot) > digits.lastIndexOf(comma);
        digits.remove(dotLast ? comma : dot);
        digits.replace(comma, dot);
    } else if (groups.match(digits).hasMatch()) {
        digits.remove(comma);
    } else {
        static const QRegularExpression twoWays(QStringLiteral("^[1-9][0-9]{0,2},[0-9]{3}$"));
        if (twoWays.match(digits).hasMatch())
            return std::unexpected(Words::tr("“%1” can be read in two ways: write %2 or %3")
                                       .arg(digits, QString(digits).remove(comma), QString(digits).replace(comma, dot)));
        digits.replace(comma, dot);
    }
    bool good = false;
    const double number = digits.toDouble(&good);
    if (!good) return std::unexpected(Words::tr("“%1” is no number").arg(digits));
    return number;
}

}  // namespace

std::expected<std::uint64_t, QString> bytesFromText(const QString& text, AmountOf of, double unit)
{
    const QString example = of == AmountOf::Rate ? QStringLiteral("500 kB/s, 20 MB/s") : QStringLiteral("500 MB, 2 GB");
    static const QRegularExpression form(QStringLiteral("^[≤<=≈~\\s]*([0-9][0-9.,'_\\s\u2009\u202f\u00a0]*)([^0-9].*)?$"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    const auto parts = form.match(text.trimmed());
    if (!parts.hasMatch()) return std::unexpected(Words::tr("“%1” is no amount: write %2").arg(text.trimmed(), example));
    const auto number = numberOf(parts.captured(1).trimmed());
    if (!number) return std::unexpected(number.error());

    QString name = parts.captured(2).trimmed();
    static const QRegularExpression second(QStringLiteral("\\s*(?:/\\s*|per\\s+|a\\s+)s(?:ec|econd)?\\.?$"),
                                           QRegularExpression::CaseInsensitiveOption);
    const bool rate = name.contains(second);
    if (rate) name.remove(second);
    if (rate && of == AmountOf::Size)
        return std::unexpected(Words::tr("“%1” is a speed, and this is a size: write %2").arg(text.trimmed(), example));
    const auto known = name.isEmpty() ? std::optional(unit) : unitOf(name);
    if (!known) return std::unexpected(Words::tr("“%1” is no unit of bytes: write %2, or KiB, MiB, GiB").arg(name, example));
    const double bytes = std::round(*number * *known);
    if (bytes < 1) return std::unexpected(Words::tr("“%1” lets nothing through: write more, or “no limit”").arg(text.trimmed()));
    if (bytes > kMost)
        return std::unexpected(Words::tr("“%1” is more than can be counted: write “no limit”").arg(text.trimmed()));
    return static_cast<std::uint64_t>(bytes);
}

QString textOfBytes(std::uint64_t bytes, AmountOf of)
{
    const auto value = static_cast<double>(bytes);
    for (const auto& [name, unit] : kDecimal) {
        if (value < unit && unit > 1) continue;
        return QString::number(value / unit, 'g', 15) + QLatin1Char(' ') + QLatin1String(name) +
               (of == AmountOf::Rate ? QStringLiteral("/s") : QString());
    }
    return {};
}

}  // namespace hindcast::ui
