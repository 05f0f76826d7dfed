"""A model has no clock and no random, unless it asks for them."""

import unittest

from helper import Helper, Wrong

MODEL = "%s\nexport const entities = { account: { evolve: { A: (s, e) => ({ v: %s }) } } };"


class Guard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.helper = Helper()

    @classmethod
    def tearDownClass(cls):
        cls.helper.close()

    def run_one(self, expression, head=""):
        self.helper.load(MODEL % (head, expression))
        return self.helper.packet().begin().event("A", {}).state().tell()

    CLOCK = ("Date.now()", "new Date().getTime()", "Date()", "performance.now()", "new Intl.DateTimeFormat().format()",
             "new Intl.DateTimeFormat().formatToParts().length", "new (class extends Date {})().getTime()")  # fmt: skip
    RANDOM = ("Math.random()", "new WeakRef({}).deref() !== undefined", "String(new FinalizationRegistry(() => {}))")

    def test_the_clock_is_refused_with_words_that_help(self):
        for call in self.CLOCK:
            with self.subTest(call):
                told = self.run_one(call)
                self.assertEqual(told[0][0], "E")
                self.assertIn("a model has no clock: use event.time", told[0][3]["message"])
                self.assertIn('export const uses = ["clock"]', told[0][3]["message"])
                self.assertEqual(told[0][3]["line"], 2)

    def test_random_is_refused_with_words_that_help(self):
        for call in self.RANDOM:
            with self.subTest(call):
                told = self.run_one(call)
                self.assertIn("a model has no random", told[0][3]["message"])
                self.assertEqual(told[0][3]["line"], 2)

    def test_a_model_that_asks_has_them(self):
        head = 'export const uses = ["clock", "random"];'
        for call in self.CLOCK + self.RANDOM:
            with self.subTest(call):
                self.assertEqual([kind for kind, *_ in self.run_one(call, head)], ["S"])

    def test_a_model_that_asks_is_pointed_out(self):
        facts = self.helper.load(MODEL % ('export const uses = ["clock"];', "1"))
        self.assertEqual(facts["remarks"], ["the model uses clock: its states may differ from one replay to the next"])
        told = self.run_one("Math.random()", 'export const uses = ["clock"];')
        self.assertEqual(told[0][0], "E")

    def test_the_clock_is_refused_while_the_file_is_read(self):
        with self.assertRaises(Wrong) as caught:
            self.helper.load(MODEL % ("\nconst begun = Date.now();", "1"))
        self.assertIn("no clock", caught.exception.message)
        self.assertEqual(caught.exception.line, 2)

    def test_dates_that_are_told_their_moment_work(self):
        for expression, value in (
            ("new Date(e.time).toISOString()", "2025-11-04T09:14:22.118Z"),
            ("new Date(2020, 0, 1).getTime()", 1577836800000),
            ("Date.UTC(2020, 0, 1)", 1577836800000),
            ("Date.parse('2020-01-01')", 1577836800000),
            ("new Date(0) instanceof Date", True),
            ("new Date(0).constructor === Date", True),
            ("Date.name", "Date"),
            ("new Date(0).getTimezoneOffset()", 0),
            ("new Date(0).toLocaleString()", "1/1/1970, 12:00:00 AM"),
            ("(1234.5).toLocaleString()", "1,234.5"),
            ("isNaN(new Date(undefined))", True),
        ):
            with self.subTest(expression):
                told = self.run_one(expression)
                self.assertEqual(str(told[0][3]["v"]).replace("\u202f", " "), str(value))

    def test_there_are_no_files_no_network_and_no_timers(self):
        names = "require process fetch XMLHttpRequest WebSocket setTimeout setInterval readFile load print Atomics SharedArrayBuffer"
        told = self.run_one(f"{names.split()!r}.filter((name) => name in globalThis)")
        self.assertEqual(told, [("S", 1, 1, {"v": []})])


if __name__ == "__main__":
    unittest.main()
