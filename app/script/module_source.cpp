#include "app/script/module_source.h"

#include "app/script/js_tokens.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace hindcast::script {

namespace {

// As long as the word that it replaces.
constexpr std::string_view kDefault = "_dflt_=";
static_assert(kDefault.size() == std::string_view("default").size());
constexpr std::string_view kDefaultName = "_dflt_";
constexpr std::string_view kExport = ";     ";  // ends the statement before, as the word export did
static_assert(kExport.size() == std::string_view("export").size());

constexpr std::string_view kNoImports = "imports of other files are refused: a model is one file";

class Rewriter {
public:
    explicit Rewriter(std::string_view source) : source_(source), text_(source), tokens_(tokensOf(source)) {}

    std::expected<ModelSource, SourceFault> run()
    {
        if (tokens_.broken != std::string_view::npos) return fault(tokens_.broken, std::string("a ") + std::string(tokens_.why));
        for (std::size_t i = 0; i < tokens_.all.size() && !fault_; ++i) {
            if (tokens_.all[i].kind != Token::Kind::Word || isMember(i)) continue;
            if (is(i, "import") && !isKey(i))
                setFault(tokens_.all[i].begin, std::string(kNoImports));
            else if (is(i, "export") && tokens_.all[i].depth == 0)
                exported(i);
            else if (tokens_.all[i].depth == 0 && is(i + 1, "(") && isSelector(i))
                selects_ = true;
        }
        if (fault_) return std::unexpected(*std::move(fault_));
        if (exports_.empty() && !anyExport_) {
            if (selects_) return ModelSource{std::string(source_), 1, true};
            return fault(0,
                         "the file is no model: it exports nothing (export const entities = { … }), and it is no projection "
                         "(fromAll(), fromStream(), fromStreams(), fromCategory())");
        }
        apply();
        std::string whole = "(function (tell__exports) { \"use strict\"; var _dflt_; tell__exports({";
        for (const auto& [name, local] : exports_) whole += "[" + name + "]: () => " + local + ", ";
        whole += "});\n";
        if (text_.starts_with("#!")) text_.replace(0, 2, "//");
        whole += text_ + "\n})";
        return ModelSource{std::move(whole), 2, false};
    }

private:
    struct Edit {
        std::size_t begin, end;
        std::string text;
    };

    std::string_view at(std::size_t i) const
    {
        const Token& token = tokens_.all[std::min(i, tokens_.all.size() - 1)];
        return source_.substr(token.begin, token.end - token.begin);
    }
    bool is(std::size_t i, std::string_view text) const { return at(i) == text; }
    bool isMember(std::size_t i) const { return i > 0 && (is(i - 1, ".") || is(i - 1, "?.")); }
    /// {import: 1}, or a method of that name.
    bool isKey(std::size_t i) const
    {
        if (is(i + 1, ":")) return true;
        return is(i + 1, "(") && i > 0 && (is(i - 1, "{") || is(i - 1, ",")) && is(tokens_.all[i + 1].match + 1, "{");
    }
    bool isSelector(std::size_t i) const
    {
        return is(i, "fromAll") || is(i, "fromStream") || is(i, "fromStreams") || is(i, "fromCategory") ||
               is(i, "fromCategories");
    }

    void setFault(std::size_t offset, std::string message)
    {
        if (!fault_) fault_ = place(offset, std::move(message));
    }
    std::unexpected<SourceFault> fault(std::size_t offset, std::string message) const
    {
        return std::unexpected(place(offset, std::move(message)));
    }
    SourceFault place(std::size_t offset, std::string message) const
    {
        SourceFault found{std::move(message)};
        for (std::size_t i = 0; i < offset; ++i) {
            const auto c = static_cast<unsigned char>(source_[i]);
            if (c == '\n') {
                ++found.line;
                found.column = 1;
            } else if ((c & 0xC0) != 0x80) {
                found.column += c >= 0xF0 ? 2 : 1;
            }
        }
        return found;
    }

    static std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }
    void give(std::string name, std::string_view local) { exports_.emplace_back(std::move(name), local); }

    void replace(std::size_t i, std::string_view with)
    {
        edits_.push_back({tokens_.all[i].begin, tokens_.all[i].end, std::string(with)});
    }
    /// Everything from one token to the end of another becomes spaces; lines stay.
    void blank(std::size_t first, std::size_t last)
    {
        std::string spaces;
        for (std::size_t k = tokens_.all[first].begin; k < tokens_.all[last].end; ++k) {
            const auto c = static_cast<unsigned char>(source_[k]);
            if ((c & 0xC0) == 0x80) continue;
            spaces += c == '\n' || c == '\r' ? std::string(1, source_[k]) : std::string(c >= 0xF0 ? 2 : 1, ' ');
        }
        edits_.push_back({tokens_.all[first].begin, tokens_.all[last].end, std::move(spaces)});
    }
    void apply()
    {
        for (auto edit = edits_.rbegin(); edit != edits_.rend(); ++edit)
            text_.replace(edit->begin, edit->end - edit->begin, edit->text);
    }

    void exported(std::size_t i)
    {
        anyExport_ = true;
        replace(i, kExport);
        const std::size_t next = i + 1;
        if (is(next, "*")) return setFault(tokens_.all[i].begin, std::string(kNoImports));
        if (is(next, "{")) return list(i);
        if (is(next, "default")) return defaulted(next);
        if (is(next, "const") || is(next, "let") || is(next, "var")) return declared(next + 1);
        if (is(next, "class")) return give(quoted(at(next + 1)), at(next + 1));
        const std::size_t function = is(next, "async") ? next + 1 : next;
        if (is(function, "function")) {
            const std::size_t name = is(function + 1, "*") ? function + 2 : function + 1;
            return give(quoted(at(name)), at(name));
        }
        setFault(tokens_.all[next].begin, "after export a declaration, default or a list in braces is expected");
    }

    /// export { a, b as c }
    void list(std::size_t i)
    {
        const std::size_t close = tokens_.all[i + 1].match;
        if (is(close + 1, "from")) return setFault(tokens_.all[i].begin, std::string(kNoImports));
        for (std::size_t k = i + 2; k < close; ++k) {
            if (is(k, ",")) continue;
            const std::string_view local = at(k);
            std::string_view name = local;
            if (is(k + 1, "as")) name = at(k += 2);
            give(tokens_.all[k].kind == Token::Kind::Text ? std::string(name) : quoted(name), local);
        }
        blank(i + 1, close);
    }

    /// export default …; `i` is the word default
    void defaulted(std::size_t i)
    {
        const std::size_t next = i + 1;
        const std::size_t function =
            is(next, "async") && is(next + 1, "function") && !tokens_.all[next + 1].newLine ? next + 1 : next;
        std::size_t name = 0;
        if (is(function, "function")) name = is(function + 1, "*") ? function + 2 : function + 1;
        if (is(next, "class")) name = next + 1;
        if (name != 0 && tokens_.all[name].kind == Token::Kind::Word && !is(name, "extends")) {
            replace(i, "       ");
            return give(quoted("default"), at(name));
        }
        replace(i, kDefault);
        give(quoted("default"), kDefaultName);
        if (name == 0) return;
        // A declaration ends with its body, an assignment may go on: a ; ends it, where there is room.
        std::size_t body = name;
        while (tokens_.all[body].kind != Token::Kind::End && !(is(body, "{") && tokens_.all[body].depth == tokens_.all[i].depth))
            ++body;
        if (tokens_.all[body].kind == Token::Kind::End) return;
        const std::size_t close = tokens_.all[tokens_.all[body].match].end;
        const bool room = close < source_.size() && source_[close] == ' ';
        edits_.push_back({close, room ? close + 1 : close, ";"});
    }

    /// The declarators of const, let or var from token i on.
    void declared(std::size_t i)
    {
        while (true) {
            i = pattern(i);
            if (is(i, "=")) i = afterValue(i + 1);
            if (!is(i, ",") || tokens_.all[i].kind == Token::Kind::End) return;
            ++i;
        }
    }
    /// Names that a binding pattern binds; gives the token behind it.
    std::size_t pattern(std::size_t i)
    {
        if (is(i, "...")) ++i;
        if (!is(i, "{") && !is(i, "[")) {
            if (tokens_.all[i].kind != Token::Kind::Word) return i;  // the engine says what is wrong
            give(quoted(at(i)), at(i));
            return i + 1;
        }
        const bool object = is(i, "{");
        const std::size_t close = tokens_.all[i].match;
        for (std::size_t k = i + 1; k < close;) {
            if (is(k, ",")) {
                ++k;
                continue;
            }
            if (object && !is(k, "...")) {
                const std::size_t key = is(k, "[") ? tokens_.all[k].match + 1 : k + 1;
                if (is(key, ":")) k = key + 1;
            }
            const std::size_t before = k;
            k = pattern(k);
            if (is(k, "=")) k = afterValue(k + 1);
            if (k == before) ++k;
        }
        return close + 1;
    }
    /// The token behind an initializer: a comma or closing bracket of its level, or the next statement.
    std::size_t afterValue(std::size_t i) const
    {
        const int depth = tokens_.all[i].depth;
        bool value = false;
        for (; tokens_.all[i].kind != Token::Kind::End; ++i) {
            const Token& token = tokens_.all[i];
            if (token.depth > depth) continue;
            if (token.depth < depth || is(i, ",") || is(i, ";")) return i;
            const bool closes = is(i, ")") || is(i, "]") || is(i, "}");
            if (closes) {
                value = true;
                continue;
            }
            if (value && token.newLine && beginsStatement(i)) return i;
            value = token.kind != Token::Kind::Mark && !joins(i);
        }
        return i;
    }
    bool joins(std::size_t i) const
    {
        for (const std::string_view word :
             {"in", "instanceof", "typeof", "new", "delete", "void", "await", "yield", "async", "of"})
            if (is(i, word)) return true;
        return false;
    }
    bool beginsStatement(std::size_t i) const
    {
        if (tokens_.all[i].kind == Token::Kind::Mark) return is(i, "{") || is(i, "++") || is(i, "--");
        return tokens_.all[i].kind != Token::Kind::Template && !is(i, "in") && !is(i, "instanceof");
    }

    std::string_view source_;
    std::string text_;
    Tokens tokens_;
    std::vector<std::pair<std::string, std::string>> exports_;  ///< name as a JavaScript text, the local name
    std::vector<Edit> edits_;
    std::optional<SourceFault> fault_;
    bool anyExport_ = false;
    bool selects_ = false;
};

}  // namespace

std::expected<ModelSource, SourceFault> modelSource(std::string_view source) { return Rewriter(source).run(); }

}  // namespace hindcast::script
