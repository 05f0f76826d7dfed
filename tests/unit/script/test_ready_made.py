"""The ready-made models of resources/models load, and do what their heads say with events like the demo's."""

import os
import pathlib
import unittest

from helper import Helper

FOLDER = pathlib.Path(os.environ["HINDCAST_MODELS"])


class ReadyMade(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.helper = Helper()

    @classmethod
    def tearDownClass(cls):
        cls.helper.close()

    def load(self, name):
        return self.helper.load((FOLDER / name).read_text(encoding="utf-8"), name=name, invariants=True, careful=True)

    def test_every_one_loads_without_a_remark_and_begins_with_a_comment(self):
        files = sorted(FOLDER.iterdir())
        self.assertGreaterEqual(len(files), 5)
        for file in files:
            with self.subTest(file.name):
                self.assertEqual(self.load(file.name)["remarks"], [])
                self.assertTrue(file.read_text(encoding="utf-8").startswith("// "))

    def test_the_user_registers_moves_orders_and_is_forgotten(self):
        self.load("user.mjs")
        packet = self.helper.packet().begin("user", "user-1")
        packet.event("UserRegistered", {"user_id": "user-1", "name": "Alice", "email": "a@example.com"})
        packet.event("AddressAdded", {"address": "1 Oak Ave"}).event("AddressChanged", {"new_address": "2 Oak Ave", "old_address": "1 Oak Ave"})
        packet.event("UserUpdated", {"new_name": "Alice M", "old_name": "Alice"})
        packet.event("OrderPlaced", {"order_id": "o-1", "total": 35.5}).event("OrderPlaced", {"order_id": "o-2", "total": 64.4})
        packet.event("OrderCancelled", {"order_id": "o-1", "total_change": -35.5})
        told = packet.state().decide("ChangeAddress", {"address": ""}).event("UserDeleted", {}).state().tell()
        self.assertEqual(
            told[0][3],
            {"orders": [{"id": "o-1", "total": 35.5}, {"id": "o-2", "total": 64.4}], "spent": 64.4, "id": "user-1", "name": "Alice M",
             "email": "a@example.com", "status": "churn-risk", "address": "2 Oak Ave", "addressChangedAt": "2025-11-04T09:14:22.118Z",
             "cancelled": ["o-1"]},
        )  # fmt: skip
        self.assertEqual(told[1][3], {"refused": "the address is empty"})
        self.assertEqual(told[2], ("S", 1, 8, None))

    def test_the_order_goes_its_way_and_an_odd_way_is_told(self):
        self.load("order.mjs")
        lines = [{"product_id": "p-1", "name": "P", "quantity": 2, "price": 10.5}]
        packet = self.helper.packet().begin("order", "o-1")
        packet.event("OrderPlaced", {"order_id": "o-1", "user_id": "u", "total": 21, "lines": lines, "ship_to": "x"})
        packet.accept("OrderShipped", {"carrier": "c", "tracking": "t"}).accept("OrderPaid", {"method": "card"})
        packet.event("OrderPaid", {"method": "card", "amount": 21}).event("OrderShipped", {"carrier": "c", "tracking": "t"})
        packet.event("OrderDelivered", {"left_with": "neighbour"}).state()
        packet.event("OrderPaid", {"method": "card"}).decide("Cancel", {"reason": "late"})
        told = packet.tell()
        self.assertEqual([value for kind, _, _, value in told if kind == "A"], ["an order that is placed is not shipped", ""])
        state = next(value for kind, _, _, value in told if kind == "S")
        self.assertEqual((state["status"], state["parcel"]), ("delivered", {"carrier": "c", "tracking": "t", "leftWith": "neighbour"}))
        self.assertIn(("B", 1, 5, ["one status follows another as it should", "paid after delivered"]), told)
        self.assertEqual(told[-1][3]["events"][0]["type"], "OrderCancelled")

    def test_the_cart_counts_what_lies_in_it(self):
        self.load("shopping-cart.mjs")
        packet = self.helper.packet().begin("cart", "cart-1")
        packet.decide("CheckOut", {"order_id": "o"})
        packet.event("CartItemAdded", {"cart_id": "cart-1", "user_id": "u", "items": {"p": {"name": "P", "quantity": 2, "price": 1.1}}})
        packet.event("CartItemAdded", {"cart_id": "cart-1", "user_id": "u", "items": {"q": {"name": "Q", "quantity": 1, "price": 5}}})
        packet.event("CartItemRemoved", {"cart_id": "cart-1", "items": {"q": None}}).state()
        told = packet.event("CartCheckedOut", {"order_id": "o", "total": 3}).tell()
        self.assertEqual(told[0][3], {"refused": "the cart is empty"})
        self.assertEqual((told[1][3]["pieces"], told[1][3]["worth"], list(told[1][3]["items"])), (2, 2.2, ["p"]))
        self.assertEqual(told[2], ("B", 1, 4, ["what was checked out is what lay in it", "3 instead of 2.2"]))

    def test_the_account_says_where_its_balance_became_no_number(self):
        self.load("bank-account.mjs")
        packet = self.helper.packet().begin("account", "a-1").event("AccountOpened", {"account_id": "a-1", "owner": "Ada"})
        packet.event("Deposited", {"amount": 10}).event("Withdrawn", {"amount": 3.3}).state().decide("Withdraw", {"amount": 7})
        told = packet.event("FeeCharged", {}).event("AccountClosed", {}).event("Deposited", {"amount": 1}).tell()
        self.assertEqual((told[0][3]["balance"], told[0][3]["movements"]), (6.7, 2))
        self.assertEqual(told[1][3], {"refused": "only 6.7 are there"})
        self.assertTrue(told[2][3].startswith("/balance became NaN: account.evolve.FeeCharged, line "))
        self.assertIn(("B", 1, 6, ["a closed account does not move", "does not hold"]), told)

    def test_the_projection_tells_the_way_of_an_order(self):
        self.load("orders.projection.js")
        packet = self.helper.packet().begin("order", "o-1").event("OrderPlaced", {"total": 21}).result().event("OrderPaid", {})
        told = packet.event("OrderShipped", {}).state().result().tell()
        self.assertEqual([kind for kind, *_ in told], ["T", "S", "T"])
        self.assertIsNone(told[0][3])
        self.assertEqual(told[1][3], {"steps": ["placed", "paid", "shipped"], "paid": True, "total": 21})
        self.assertEqual(told[2][3], {"total": 21, "way": "placed > paid > shipped"})


if __name__ == "__main__":
    unittest.main()
