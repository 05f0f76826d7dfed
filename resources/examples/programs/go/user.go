package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Event is one event of a user's history.
type Event struct {
	Type    string
	Version uint64
	Time    string // ISO 8601 in UTC; empty where none is known
	Kind    string // "plain", or what a database did: "create", "update", "delete", …
	Payload json.RawMessage
}

// User is a customer of the shop.
type User struct {
	ID               string          `json:"id,omitempty"`
	Name             string          `json:"name,omitempty"`
	Email            string          `json:"email,omitempty"`
	Status           string          `json:"status,omitempty"`
	Address          json.RawMessage `json:"address,omitempty"`
	AddressChangedAt string          `json:"addressChangedAt,omitempty"`
	Orders           []Order         `json:"orders,omitempty"`
	Cancelled        []string        `json:"cancelled,omitempty"`
	Returned         []string        `json:"returned,omitempty"`
	Spent            *Money          `json:"spent,omitempty"`

	deleted bool
}

// Order is what a user remembers of an order.
type Order struct {
	ID    string `json:"id"`
	Total Money  `json:"total"`
}

// NewUserFromHistory folds all that happened to a user. Nil where the last of it ended the user's life.
func NewUserFromHistory(events []Event) (*User, error) {
	user := &User{}
	for _, event := range events {
		if user.deleted {
			user = &User{}
		}
		if err := user.Apply(event); err != nil {
			return nil, fmt.Errorf("version %d, %s: %w", event.Version, event.Type, err)
		}
	}
	if user.deleted {
		return nil, nil
	}
	return user, nil
}

// Apply changes the user as the event says. An event that it returns an error for has changed nothing.
func (u *User) Apply(event Event) error {
	switch event.Kind {
	case "delete", "truncate", "tombstone":
		u.deleted = true
		return nil
	}
	switch event.Type {
	case "UserRegistered":
		var p struct {
			UserID string `json:"user_id"`
			Name   string `json:"name"`
			Email  string `json:"email"`
		}
		if err := json.Unmarshal(event.Payload, &p); err != nil {
			return err
		}
		if p.UserID == "" {
			return errors.New("a user registers with a user_id")
		}
		u.ID, u.Name, u.Email, u.Status = p.UserID, p.Name, p.Email, "active"
	case "AddressAdded":
		var p struct {
			Address json.RawMessage `json:"address"`
		}
		if err := json.Unmarshal(event.Payload, &p); err != nil {
			return err
		}
		u.Address = p.Address
	case "AddressChanged":
		var p struct {
			NewAddress json.RawMessage `json:"new_address"`
		}
		if err := json.Unmarshal(event.Payload, &p); err != nil {
			return err
		}
		u.Address, u.AddressChangedAt = p.NewAddress, event.Time
	case "UserUpdated":
		p := struct {
			NewName  string `json:"new_name"`
			NewEmail string `json:"new_email"`
		}{u.Name, u.Email}
		if err := json.Unmarshal(event.Payload, &p); err != nil {
			return err
		}
		u.Name, u.Email = p.NewName, p.NewEmail
	case "OrderPlaced":
		var p struct {
			OrderID string `json:"order_id"`
			Total   *Money `json:"total"`
		}
		if err := json.Unmarshal(event.Payload, &p); err != nil {
			return err
		}
		if err := u.spend(p.Total); err != nil {
			return err
		}
		u.Orders = append(u.Orders, Order{p.OrderID, *p.Total})
		u.Status = "customer"
	case "OrderCancelled", "OrderReturned":
		var p struct {
			OrderID     string `json:"order_id"`
			TotalChange *Money `json:"total_change"`
		}
		if err := json.Unmarshal(event.Payload, &p); err != nil {
			return err
		}
		if err := u.spend(p.TotalChange); err != nil {
			return err
		}
		if event.Type == "OrderCancelled" {
			u.Cancelled = append(u.Cancelled, p.OrderID)
		} else {
			u.Returned = append(u.Returned, p.OrderID)
		}
		u.Status = "churn-risk"
	case "UserDeleted":
		u.deleted = true
	}
	return nil
}

func (u *User) spend(amount *Money) error {
	if amount == nil {
		return errors.New("an order without an amount")
	}
	sum := *amount
	if u.Spent != nil {
		sum += *u.Spent
	}
	u.Spent = &sum
	return nil
}

// Money is an amount in cents: sums are exact.
type Money int64

// UnmarshalJSON reads "62", "62.5" or "62.50".
func (m *Money) UnmarshalJSON(text []byte) error {
	whole, part, _ := strings.Cut(string(text), ".")
	if len(part) > 2 {
		return fmt.Errorf("%s is no amount in cents", text)
	}
	cents, err := strconv.ParseInt(whole+part+strings.Repeat("0", 2-len(part)), 10, 64)
	*m = Money(cents)
	return err
}

// MarshalJSON writes "62.50".
func (m Money) MarshalJSON() ([]byte, error) {
	sign, cents := "", int64(m)
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return []byte(fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)), nil
}
