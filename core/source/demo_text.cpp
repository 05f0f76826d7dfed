#include "core/source/demo_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace hindcast::source::demo {

namespace {

using Word = std::string_view;

constexpr auto kFirstNames = std::to_array<Word>(
    {"Alice",  "Ben",    "Clara",  "David",  "Emma",  "Felix",  "Grace",  "Hugo",    "Ines",  "Jakob",  "Karin",
     "Liam",   "Maya",   "Noah",   "Olga",   "Paul",  "Quinn",  "Rosa",   "Samir",   "Tara",  "Uwe",    "Vera",
     "Walter", "Xenia",  "Yusuf",  "Zoë",    "Anton", "Bianca", "Carlos", "Dilara",  "Elias", "Fatima", "Georg",
     "Hana",   "Ivan",   "Julia",  "Kenji",  "Lena",  "Marco",  "Nadia",  "Oscar",   "Petra", "Rafael", "Sofia",
     "Tomáš",  "Ulrike", "Victor", "Wanda",  "Yara",  "Zdenka", "Arjun",  "Beatrix", "Cem",   "Dora",   "Erik",
     "Flora",  "Giulia", "Henrik", "Isabel", "Jonas", "Katrin", "Lucas",  "Mina",    "Nils"});

constexpr auto kLastNames = std::to_array<Word>(
    {"Smith",  "Miller",  "Brown",     "Novak",     "Garcia",    "Rossi",    "Weber",   "Fischer",  "Kowalski",
     "Tanaka", "Ahmed",   "Silva",     "Martin",    "Dubois",    "Jensen",   "Nielsen", "Larsen",   "Virtanen",
     "Horvat", "Popescu", "Papadakis", "Yılmaz",    "Kaya",      "Haddad",   "Cohen",   "Okafor",   "Mensah",
     "Diallo", "Singh",   "Patel",     "Sharma",    "Nguyen",    "Tran",     "Kim",     "Park",     "Chen",
     "Wang",   "Sato",    "Suzuki",    "Lopez",     "Fernandez", "Costa",    "Moreau",  "Lefebvre", "Bakker",
     "Visser", "Peeters", "Müller",    "Schneider", "Wagner",    "Becker",   "Hofmann", "Keller",   "Huber",
     "Gruber", "Baumann", "Meier",     "O'Brien",   "Walsh",     "Campbell", "Stewart", "Evans",    "Hughes",
     "Taylor", "Wilson",  "Clarke",    "Wright",    "Green",     "Baker",    "Turner",  "Cooper",   "Morris"});

constexpr auto kStreets = std::to_array<Word>(
    {"Main St",   "Oak Ave",     "Elm St",      "Maple Dr",   "Cedar Ln",   "Station Rd", "Church St",    "Mill Ln",
     "Park Ave",  "High St",     "Victoria Rd", "Bridge St",  "Garden Way", "Hill Rd",    "Lake View",    "River Rd",
     "School Ln", "Market Sq",   "Castle St",   "Harbour Rd", "Orchard Cl", "Willow Way", "Birch Ct",     "Forest Dr",
     "Meadow Ln", "Sunset Blvd", "North Rd",    "South St",   "Queen St",   "King St",    "Chestnut Ave", "Spring St"});

constexpr auto kMailHosts = std::to_array<Word>({"example.com", "example.org", "example.net"});

constexpr std::array<StoryProduct, kStoryProducts> kStory{{
    {"Enamel Mug", 1'000},
    {"Linen Notebook", 1'775},
    {"Brass Desk Lamp", 6'490},
    {"Walnut Monitor Stand", 4'200},
    {"Wool Throw", 5'500},
    {"Espresso Machine", 31'000},
    {"Porcelain Teapot", 3'220},
    {"Beeswax Candle", 910},
}};

constexpr auto kAdjectives =
    std::to_array<Word>({"Oak",  "Copper", "Cotton",  "Steel", "Bamboo", "Glass", "Cork", "Leather", "Slate",  "Velvet", "Marble",
                         "Ash",  "Canvas", "Brass",   "Felt",  "Birch",  "Stone", "Silk", "Rattan",  "Enamel", "Walnut", "Linen",
                         "Jute", "Teak",   "Ceramic", "Wool",  "Tin",    "Olive", "Pine", "Hemp",    "Clay",   "Bronze"});
constexpr auto kNouns = std::to_array<Word>({"Bowl",   "Tray",   "Vase",    "Basket",  "Cushion", "Clock",  "Shelf",    "Stool",
                                             "Board",  "Bottle", "Jar",     "Blanket", "Towel",   "Apron",  "Planter",  "Lantern",
                                             "Mirror", "Frame",  "Coaster", "Pitcher", "Spoon",   "Kettle", "Backpack", "Wallet",
                                             "Scarf",  "Hook",   "Rack",    "Candle",  "Rug",     "Teapot", "Lamp",     "Box"});

constexpr auto kPayments = std::to_array<Word>({"invoice", "card", "card", "card", "paypal", "paypal", "apple-pay"});
constexpr auto kCarriers = std::to_array<Word>({"DHL", "UPS", "PostNord", "GLS", "FedEx"});
constexpr auto kCancelReasons = std::to_array<Word>(
    {"payment failed", "changed my mind", "found it cheaper elsewhere", "ordered by mistake", "delivery takes too long"});
constexpr auto kReturnReasons =
    std::to_array<Word>({"damaged in transit", "not as described", "wrong item", "does not fit", "no longer needed"});

template <class List>
std::uint8_t indexOf(const List& list, Word word)
{
    const auto found = std::find(list.begin(), list.end(), word);
    return static_cast<std::uint8_t>(found == list.end() ? 0 : std::distance(list.begin(), found));
}

/// The ASCII letters of a name, in lower case: "O'Brien" becomes "obrien". A letter outside of ASCII is left out, as many mail
/// systems do.
void appendMailPart(std::string& out, Word name)
{
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') out += c;
    }
}

}  // namespace

Face randomFace(Random& random, std::uint32_t number)
{
    Face face;
    face.first = static_cast<std::uint8_t>(random.below(kFirstNames.size()));
    face.last = static_cast<std::uint8_t>(random.below(kLastNames.size()));
    face.host = static_cast<std::uint8_t>(random.below(kMailHosts.size()));
    face.mailNumber = static_cast<std::uint16_t>(number % 10'000);
    return face;
}

void moveHouse(Face& face, Random& random)
{
    face.street = static_cast<std::uint8_t>(random.below(kStreets.size()));
    face.house = static_cast<std::uint16_t>(1 + random.below(random.chance(30) ? 900 : 120));
    face.flat = random.chance(25) ? static_cast<std::uint8_t>(1 + random.below(40)) : std::uint8_t{0};
}

void takeOtherSurname(Face& face, Random& random)
{
    const auto step = static_cast<std::uint8_t>(1 + random.below(kLastNames.size() - 1));
    face.last = static_cast<std::uint8_t>((face.last + step) % kLastNames.size());
}

void takeOtherMail(Face& face, Random& random)
{
    const auto step = static_cast<std::uint8_t>(1 + random.below(kMailHosts.size() - 1));
    face.host = static_cast<std::uint8_t>((face.host + step) % kMailHosts.size());
}

std::uint8_t firstName(std::string_view word) { return indexOf(kFirstNames, word); }
std::uint8_t lastName(std::string_view word) { return indexOf(kLastNames, word); }
std::uint8_t streetName(std::string_view word) { return indexOf(kStreets, word); }

void appendName(std::string& out, const Face& face)
{
    out += kFirstNames[face.first];
    out += ' ';
    out += kLastNames[face.last];
}

void appendMail(std::string& out, const Face& face)
{
    appendMailPart(out, kFirstNames[face.first]);
    out += '.';
    appendMailPart(out, kLastNames[face.last]);
    if (!face.plainMail) appendNumber(out, face.mailNumber);
    out += '@';
    out += kMailHosts[face.host];
}

void appendAddress(std::string& out, const Face& face)
{
    if (face.house == 0) {
        out += "null";
        return;
    }
    out += '"';
    appendNumber(out, face.house);
    out += ' ';
    out += kStreets[face.street];
    if (face.flat != 0) {
        out += ", Apt ";
        appendNumber(out, face.flat);
    }
    out += '"';
}

const StoryProduct& storyProduct(std::size_t product) { return kStory[product]; }

void appendProductName(std::string& out, std::uint32_t product)
{
    if (product < kStoryProducts) {
        out += kStory[product].name;
        return;
    }
    // Walks through all pairs before one comes again.
    const auto noun = product % kNouns.size();
    const auto adjective = (product + product / kNouns.size()) % kAdjectives.size();
    out += kAdjectives[adjective];
    out += ' ';
    out += kNouns[noun];
}

std::string_view paymentMethod(std::uint32_t number)
{
    return number == kInvoice ? kPayments[kInvoice] : kPayments[1 + (number - 1) % (kPayments.size() - 1)];
}
std::string_view carrier(std::uint32_t number) { return kCarriers[number % kCarriers.size()]; }
std::string_view cancelReason(std::uint32_t number) { return kCancelReasons[number % kCancelReasons.size()]; }
std::string_view returnReason(std::uint32_t number) { return kReturnReasons[number % kReturnReasons.size()]; }

void appendNumber(std::string& out, std::uint64_t number)
{
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void appendCents(std::string& out, std::int64_t cents)
{
    if (cents < 0) out += '-';
    const auto size = static_cast<std::uint64_t>(cents < 0 ? -cents : cents);
    appendNumber(out, size / 100);
    out += '.';
    out += static_cast<char>('0' + size % 100 / 10);
    out += static_cast<char>('0' + size % 10);
}

void appendHex(std::string& out, std::uint64_t number)
{
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(number >> shift) & 15];
}

void appendUuid(std::string& out, std::uint64_t number)
{
    const std::uint64_t high = (number & ~std::uint64_t{0xf000}) | 0x4000;                              // version 4
    const std::uint64_t low = (mix(number, 4) & ~(std::uint64_t{3} << 62)) | (std::uint64_t{2} << 62);  // variant 1
    const std::size_t start = out.size();
    appendHex(out, high);
    appendHex(out, low);
    for (const std::size_t dash : {8u, 13u, 18u, 23u}) out.insert(start + dash, 1, '-');
}

}  // namespace hindcast::source::demo
