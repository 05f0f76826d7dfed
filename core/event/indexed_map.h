#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hindcast {

/// nlohmann's object type for Json: members in insertion order, as nlohmann::ordered_map, but with a hash index once there are
/// more than kIndexFrom of them, so that a state with 100,000 members does not fall into quadratic time.
/// The index holds positions only and is kept by the writing calls; const calls never touch it, so a finished document may be
/// read from many threads.
template <class Key, class T, class IgnoredLess = std::less<Key>, class Allocator = std::allocator<std::pair<const Key, T>>>
class IndexedMap : public std::vector<std::pair<const Key, T>, Allocator> {
public:
    using Container = std::vector<std::pair<const Key, T>, Allocator>;
    using key_type = Key;
    using mapped_type = T;
    using typename Container::const_iterator;
    using typename Container::iterator;
    using typename Container::size_type;
    using typename Container::value_type;
    using key_compare = std::equal_to<>;

    static constexpr std::size_t kIndexFrom = 24;

    IndexedMap() = default;
    explicit IndexedMap(const Allocator& allocator) : Container(allocator) {}
    template <class It>
    IndexedMap(It first, It last, const Allocator& allocator = Allocator()) : Container(allocator)
    {
        for (; first != last; ++first) emplace(first->first, first->second);
    }
    IndexedMap(std::initializer_list<value_type> items, const Allocator& allocator = Allocator())
        : IndexedMap(items.begin(), items.end(), allocator)
    {
    }

    template <class K, class... Args>
    std::pair<iterator, bool> emplace(K&& key, Args&&... args)
    {
        const std::size_t at = position(std::string_view(key));
        if (at != kNone) return {this->begin() + static_cast<std::ptrdiff_t>(at), false};
        if (this->size() < this->capacity()) {
            Container::emplace_back(std::piecewise_construct, std::forward_as_tuple(std::forward<K>(key)),
                                    std::forward_as_tuple(std::forward<Args>(args)...));
        } else {
            // Made before growing: the arguments may lie in this very map.
            Key name(std::forward<K>(key));
            T value(std::forward<Args>(args)...);
            grow();
            Container::emplace_back(std::piecewise_construct, std::forward_as_tuple(std::move(name)),
                                    std::forward_as_tuple(std::move(value)));
        }
        noteLast();
        return {std::prev(this->end()), true};
    }
    std::pair<iterator, bool> insert(value_type&& value) { return emplace(value.first, std::move(value.second)); }
    std::pair<iterator, bool> insert(const value_type& value) { return emplace(value.first, value.second); }
    template <class It, class = std::enable_if_t<
                            std::is_convertible_v<typename std::iterator_traits<It>::iterator_category, std::input_iterator_tag>>>
    void insert(It first, It last)
    {
        for (; first != last; ++first) emplace(first->first, first->second);
    }

    template <class K>
    T& operator[](K&& key)
    {
        return emplace(std::forward<K>(key)).first->second;
    }
    template <class K>
    const T& operator[](const K& key) const
    {
        return at(key);
    }
    template <class K>
    T& at(const K& key)
    {
        const std::size_t where = position(std::string_view(key));
        if (where == kNone) throw std::out_of_range("key not found");
        return (*this)[Index{where}];
    }
    template <class K>
    const T& at(const K& key) const
    {
        const std::size_t where = position(std::string_view(key));
        if (where == kNone) throw std::out_of_range("key not found");
        return Container::operator[](where).second;
    }

    template <class K>
    iterator find(const K& key)
    {
        const std::size_t where = position(std::string_view(key));
        return where == kNone ? this->end() : this->begin() + static_cast<std::ptrdiff_t>(where);
    }
    template <class K>
    const_iterator find(const K& key) const
    {
        const std::size_t where = position(std::string_view(key));
        return where == kNone ? this->end() : this->begin() + static_cast<std::ptrdiff_t>(where);
    }
    template <class K>
    size_type count(const K& key) const
    {
        return position(std::string_view(key)) == kNone ? 0 : 1;
    }

    iterator erase(iterator where) { return erase(where, std::next(where)); }
    iterator erase(iterator first, iterator last)
    {
        const auto removed = std::distance(first, last);
        const auto start = std::distance(this->begin(), first);
        if (removed == 0) return first;
        // Keys are const, so the tail is moved by building it anew in place, as nlohmann::ordered_map does.
        for (auto it = first; std::next(it, removed) != this->end(); ++it) {
            std::destroy_at(std::addressof(*it));
            std::construct_at(std::addressof(*it), std::move(const_cast<Key&>(std::next(it, removed)->first)),
                              std::move(std::next(it, removed)->second));
        }
        for (auto i = removed; i > 0; --i) Container::pop_back();
        rebuild();
        return this->begin() + start;
    }
    /// Puts a member at a place among the others; to undo an erase. REQUIRES: where <= size(), no such key.
    void insertAt(size_type where, Key key, T value)
    {
        Container moved(this->get_allocator());
        moved.reserve(this->size() + 1);
        for (size_type i = 0; i < where; ++i) moveInto(moved, Container::operator[](i));
        moved.emplace_back(std::move(key), std::move(value));
        for (size_type i = where; i < this->size(); ++i) moveInto(moved, Container::operator[](i));
        Container::swap(moved);
        rebuild();
    }
    template <class K, class = std::enable_if_t<!std::is_convertible_v<K, iterator> && !std::is_convertible_v<K, const_iterator>>>
    size_type erase(const K& key)
    {
        const auto where = find(key);
        if (where == this->end()) return 0;
        erase(where);
        return 1;
    }
    void clear()
    {
        Container::clear();
        slots_.clear();
    }

private:
    struct Index {
        std::size_t value;
    };
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    static constexpr std::uint32_t kFree = 0;  // slots hold position + 1

    T& operator[](Index index) { return Container::operator[](index.value).second; }

    [[nodiscard]] std::size_t position(std::string_view key) const
    {
        if (slots_.empty()) {
            for (std::size_t i = 0; i < this->size(); ++i)
                if (std::string_view(Container::operator[](i).first) == key) return i;
            return kNone;
        }
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t slot = hash(key) & mask;; slot = (slot + 1) & mask) {
            if (slots_[slot] == kFree) return kNone;
            const std::size_t at = slots_[slot] - 1;
            if (std::string_view(Container::operator[](at).first) == key) return at;
        }
    }
    /// std::vector would copy the members, as a pair with a const key cannot be moved without a throw: a deep copy of the whole
    /// document at each growth.
    void grow()
    {
        Container moved(this->get_allocator());
        moved.reserve(this->empty() ? 4 : this->size() * 2);
        for (value_type& member : *this) moveInto(moved, member);
        Container::swap(moved);
    }
    static void moveInto(Container& target, value_type& member)
    {
        target.emplace_back(std::piecewise_construct, std::forward_as_tuple(std::move(const_cast<Key&>(member.first))),
                            std::forward_as_tuple(std::move(member.second)));
    }
    static std::size_t hash(std::string_view key) { return std::hash<std::string_view>{}(key); }
    void noteLast()
    {
        if (this->size() <= kIndexFrom) return;
        if (slots_.empty() || this->size() * 2 > slots_.size()) {
            rebuild();
            return;
        }
        place(this->size() - 1);
    }
    void place(std::size_t at)
    {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = hash(std::string_view(Container::operator[](at).first)) & mask;
        while (slots_[slot] != kFree) slot = (slot + 1) & mask;
        slots_[slot] = static_cast<std::uint32_t>(at + 1);
    }
    void rebuild()
    {
        slots_.clear();
        if (this->size() <= kIndexFrom) return;
        std::size_t wanted = 64;
        while (wanted < this->size() * 4) wanted *= 2;
        slots_.assign(wanted, kFree);
        for (std::size_t i = 0; i < this->size(); ++i) place(i);
    }

    std::vector<std::uint32_t> slots_;
};

}  // namespace hindcast
