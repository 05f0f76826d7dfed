#include "ui/session/session.h"
#include "ui/timeline/bind_timeline.h"
#include "ui/timeline/overview_strip.h"

namespace hindcast::ui {

void bind(OverviewStrip& strip, Session& session)
{
    OverviewStrip* to = &strip;
    Session* from = &session;
    to->setTypeWords(
        {[from](TypeId type) { return from->typeName(type); }, [from](TypeId type) { return from->typeSeries(type); }});
    const auto show = [to, from] {
        const store::Counts& counts = from->counts();
        to->setLog(counts.firstTime, counts.lastTime, counts.events);
    };
    QObject::connect(to, &OverviewStrip::wanted, from, &Session::requestDensity);
    QObject::connect(from, &Session::densityReady, to, &OverviewStrip::setDensity);
    QObject::connect(from, &Session::countsChanged, to, [to, show] {
        show();
        to->refresh();  // other times and types may stand behind the same numbers
    });
    QObject::connect(from, &Session::historyChanged, to, &OverviewStrip::typesChanged);
    QObject::connect(from, &Session::lanesChanged, to, &OverviewStrip::typesChanged);  // other lanes, other colours
    // When a reading ends its counts are put in their last order, which shares those between two columns out anew.
    QObject::connect(from, &Session::readingChanged, to, [to, from] {
        if (!from->reading().reading) to->refreshAtOnce();
    });
    QObject::connect(from, &Session::opened, to, [to] { to->setVisible(true); });
    QObject::connect(from->typeFilter(), &TypeFilter::changed, to, &OverviewStrip::refresh);
    show();
}

}  // namespace hindcast::ui
