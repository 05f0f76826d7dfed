"""Projections as EventStoreDB's users write them (formats 2): a test for each sentence of it."""

import unittest

from helper import STATES, Helper, Wrong


class Projections(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.helper = Helper()

    @classmethod
    def tearDownClass(cls):
        cls.helper.close()

    def load(self, source):
        return self.helper.load(source, name="counts.js")

    def states(self, source, *events, category="account", id="1", **begin):
        """The states after events: (type, payload) or (type, payload, kind)."""
        self.load(source)
        packet = self.helper.packet().begin(category, id, detail=STATES, **begin)
        for type, payload, *kind in events:
            packet.event(type, payload, kind=kind[0] if kind else "plain")
        self.told = packet.tell()
        return [value for kind, _, _, value in self.told if kind == "S"]

    def assert_wrong(self, source, message, line=1):
        with self.subTest(source), self.assertRaises(Wrong) as caught:
            self.load(source)
        self.assertIn(message, caught.exception.message)
        self.assertEqual((caught.exception.file, caught.exception.line), ("counts.js", line))

    COUNT = "when({ $init: () => ({ n: 0 }), A(s, e) { s.n++; } })"

    def test_a_file_says_that_it_is_a_projection_and_of_what(self):
        facts = self.load(f"fromAll().foreachStream().{self.COUNT}")
        self.assertTrue(facts["projection"])
        self.assertEqual(facts["entities"]["*"]["handlers"], ["A"])
        facts = self.load(f"fromCategory('account').foreachStream().{self.COUNT}")
        self.assertEqual(list(facts["entities"]), ["account"])

    def test_from_all_takes_every_event(self):
        self.assertEqual(self.states(f"fromAll().{self.COUNT}", ("A", {}), ("B", {}), ("A", {})), [{"n": 1}, {"n": 1}, {"n": 2}])

    def test_from_category_takes_that_category_alone(self):
        source = f"fromCategory('account').foreachStream().{self.COUNT}"
        self.assertEqual(self.states(source, ("A", {})), [{"n": 1}])
        self.assertEqual(self.states(source, ("A", {}), category="order"), [None])

    def test_from_stream_and_from_streams_take_those_streams_alone(self):
        for source in (f"fromStream('account-1').{self.COUNT}", f"fromStreams(['x', 'account-1']).{self.COUNT}",
                       f"fromStreams('x', 'account-1').{self.COUNT}"):  # fmt: skip
            self.assertEqual(self.states(source, ("A", {})), [{"n": 1}])
            self.assertEqual(self.states(source, ("A", {}), id="2"), [None])
            self.assertEqual(self.states(source, ("A", {}), category="any", id="account-1"), [{"n": 1}])

    def test_a_partition_is_the_entity_whose_id_it_is(self):
        source = f"fromAll().partitionBy((e) => e.data.account).{self.COUNT}"
        states = self.states(source, ("A", {"account": "1"}), ("A", {"account": "2"}), ("A", {"account": 1}), ("A", {"account": "account-1"}))
        self.assertEqual(states, [{"n": 1}, {"n": 1}, {"n": 2}, {"n": 3}])

    def test_a_partition_that_is_neither_text_nor_number_skips_the_event(self):
        source = f"fromAll().partitionBy((e) => e.data.p).{self.COUNT}"
        self.assertEqual(self.states(source, *(("A", {"p": p}) for p in (None, True, {}, []))), [None] * 4)

    def test_options_come_first_whatever_the_case_of_their_keys_and_unknown_ones_are_errors(self):
        self.load("options({ RESULTSTREAMNAME: 'x', $includeLinks: true, reorderevents: false, processingLag: 1, bistate: false });\n"
                  f"fromAll().{self.COUNT}")  # fmt: skip
        self.assert_wrong(f"\noptions({{ speed: 1 }});\nfromAll().{self.COUNT}", "the option speed is not known", 2)
        self.assert_wrong(f"fromAll().{self.COUNT};\noptions({{}});", "options come before", 2)

    def test_init_gives_the_first_state_and_an_empty_object_stands_for_it(self):
        self.assertEqual(self.states("fromAll().when({ $init() { return { first: 1 } }, A: (s) => s })", ("A", {})), [{"first": 1}])
        self.assertEqual(self.states("fromAll().when({ A: (s) => ({ was: s }) })", ("A", {})), [{"was": {}}])

    def test_init_shared_makes_the_state_a_pair(self):
        source = "fromAll().when({ $init: () => ({ n: 0 }), $initShared: () => ({ all: 0 }), A(s, e) { s[0].n++; s[1].all += 2; } })"
        self.assertEqual(self.states(source, ("A", {}), ("A", {})), [[{"n": 1}, {"all": 2}], [{"n": 2}, {"all": 4}]])

    def test_a_named_handler_wins_over_any_and_never_both_run(self):
        source = "fromAll().when({ $init: () => ({ ran: [] }), A(s) { s.ran.push('A') }, $any(s, e) { s.ran.push('any ' + e.eventType) } })"
        self.assertEqual(self.states(source, ("A", {}), ("B", {}))[-1], {"ran": ["A", "any B"]})

    def test_undefined_keeps_the_state_that_was_changed(self):
        self.assertEqual(self.states("fromAll().when({ A(s) { s.x = 1 }, B: () => ({ y: 2 }) })", ("A", {}), ("B", {})), [{"x": 1}, {"y": 2}])

    def test_created_runs_on_the_first_event_of_a_partition(self):
        source = "fromAll().foreachStream().when({ $created(s, e) { s.by = e.eventType }, A(s) { s.n = (s.n ?? 0) + 1 } })"
        self.assertEqual(self.states(source, ("A", {}), ("A", {})), [{"by": "A", "n": 1}, {"by": "A", "n": 2}])

    def test_deleted_is_called_with_state_null_and_partition_and_the_life_ends(self):
        source = "fromAll().foreachStream().when({ A(s) { s.n = 1 }, $deleted(s, e, p, soft) { log(s, e === null, p, soft) } })"
        states = self.states(source, ("A", {}), ("tombstone", None, "tombstone"), ("A", {}))
        self.assertEqual(states, [{"n": 1}, None, {"n": 1}])
        self.assertIn(("R", 1, 2, '{"n":1} true account-1 false'), self.told)

    def result(self, transforms, payload):
        self.load("fromAll().when({ A: (s, e) => e.data })" + transforms)
        return self.helper.packet().begin().event("A", payload).result().tell()[0]

    def test_filter_passes_on_a_real_true_only(self):
        self.assertEqual(self.result(".filterBy((s) => s.n > 1)", {"n": 2}), ("T", 1, 1, {"n": 2}))
        self.assertEqual(self.result(".filterBy((s) => s.n > 1)", {"n": 1}), ("T", 1, 1, None))
        self.assertEqual(self.result(".filterBy((s) => s.n)", {"n": 1}), ("T", 1, 1, None))

    def test_transforms_chain_in_order_and_stop_at_null(self):
        chain = ".transformBy((s) => ({ n: s.n * 2 })).filterBy((s) => s.n > 3).transformBy((s) => ({ told: s.n })).outputState()"
        self.assertEqual(self.result(chain, {"n": 2})[3], {"told": 4})
        self.assertIsNone(self.result(chain, {"n": 1})[3])
        self.assertIsNone(self.result(".transformBy((s) => null).transformBy((s) => s.n)", {"n": 1})[3])

    def test_the_state_that_is_told_is_the_one_that_a_fold_goes_on_from(self):
        self.assertEqual(self.states("fromAll().when({ A: (s, e) => e.data }).transformBy(() => 1)", ("A", {"n": 2})), [{"n": 2}])

    def test_output_to_and_output_state_are_taken(self):
        self.load(f"fromAll().foreachStream().{self.COUNT}.outputTo('counts', 'counts-{{0}}')")
        self.load(f"fromAll().{self.COUNT}.outputState()")
        self.assert_wrong(f"fromAll().{self.COUNT}.outputTo(1)", "is named by a text")

    def test_emit_link_and_log_are_remarks(self):
        source = "fromAll().when({ A(s, e) { emit('out', 'B', { a: 1 }, { m: 2 }); linkTo('links', e); log('x', 1) } })"
        self.states(source, ("A", {}))
        self.assertEqual(
            [value for kind, _, _, value in self.told if kind == "R"],
            ['emits B to out: {"a":1}, metadata {"m":2}', "links 0@account-1 to links", "x 1"],
        )

    def test_emit_link_and_log_exist_inside_handlers_only(self):
        for call in ("emit('a', 'b', {})", "linkTo('a', {})", "log('a')"):
            self.assert_wrong(f"\n{call};\nfromAll().{self.COUNT}", "inside handlers only", 2)

    def test_an_event_has_its_fields(self):
        fields = "isJson data body bodyRaw metadata metadataRaw linkMetadata streamId sequenceNumber eventType eventId category partition"
        source = f"fromAll().foreachStream().when({{ A: (s, e) => Object.fromEntries({fields.split()!r}.map((f) => [f, e[f] ?? null])) }})"
        event = self.states(source, ("A", {"a": 1}), id="7-x", version=41)[0]
        self.assertEqual(
            event,
            {"isJson": True, "data": {"a": 1}, "body": {"a": 1}, "bodyRaw": '{"a":1}', "metadata": {}, "metadataRaw": "{}",
             "linkMetadata": None, "streamId": "account-7-x", "sequenceNumber": 41, "eventType": "A", "eventId": "41@account-7-x",
             "category": "account", "partition": "account-7-x"},
        )  # fmt: skip

    def test_an_id_that_begins_with_its_category_is_the_stream(self):
        source = "fromCategory('user').foreachStream().when({ A: (s, e) => ({ s: e.streamId, c: e.category }) })"
        self.assertEqual(self.states(source, ("A", {}), category="user", id="user-123"), [{"s": "user-123", "c": "user"}])

    def test_data_is_undefined_where_there_is_no_json(self):
        self.load("fromAll().when({ A: (s, e) => ({ data: typeof e.data, isJson: e.isJson, raw: e.bodyRaw }) })")
        told = self.helper.packet().begin().event("A").state().tell()
        self.assertEqual(told[0][3], {"data": "undefined", "isJson": False, "raw": ""})

    def test_a_projection_is_no_strict_code_and_may_use_globals(self):
        self.assertEqual(self.states("counter = 0;\nfromAll().when({ A: (s) => ({ n: 010 }) })", ("A", {})), [{"n": 8}])

    def test_a_state_with_a_date_is_told_as_its_text(self):
        self.assertEqual(
            self.states("fromAll().when({ A: (s, e) => ({ at: new Date(0) }) })", ("A", {})), [{"at": "1970-01-01T00:00:00.000Z"}]
        )

    def test_errors_carry_their_place(self):
        self.assert_wrong("fromAll()\n  .when({ A: 1 })", "when: A takes a function", 2)
        self.assert_wrong("fromAll();\nfromAll()", "begins once", 2)
        self.assert_wrong("fromStream()", "named by a text")
        self.load("fromAll().when({\n  $init: () => ({}),\n  A(s, e) {\n    s.x = 1;\n    throw new Error('broken');\n  }\n})")
        told = self.helper.packet().begin(detail=STATES).event("B", {}).event("A", {}).tell()
        error = told[1][3]
        self.assertEqual((error["message"], error["handler"], error["file"], error["line"]), ("broken", "when.A", "counts.js", 5))
        self.assertEqual(told[2], ("S", 1, 2, {}))

    def test_the_partitioning_function_may_fail(self):
        self.load("fromAll().partitionBy((e) => e.data.a.b)\n.when({ A: (s) => s })")
        told = self.helper.packet().begin().event("A", {}).tell()
        self.assertEqual((told[0][0], told[0][3]["handler"], told[0][3]["line"]), ("E", "partitionBy", 1))


if __name__ == "__main__":
    unittest.main()
