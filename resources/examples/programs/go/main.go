// A User aggregate (user.go), and the loop that lets Hindcast replay through it. Standard library only: go build -o user .
//
// This file is all that is needed to connect an aggregate (the rules: "Models in any language" in Hindcast's help).
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
)

// message is any line that comes in; exactly one of Begin, Event and Ask is there.
type message struct {
	Begin *struct {
		Category string `json:"category"`
		ID       string `json:"id"`
	} `json:"begin"`
	State json.RawMessage `json:"state"`

	Event   *string         `json:"event"`
	Version uint64          `json:"version"`
	Time    string          `json:"time"`
	Kind    string          `json:"kind"`
	Payload json.RawMessage `json:"payload"`

	Ask *uint64 `json:"ask"`
}

type answer struct {
	Ask   uint64 `json:"ask"`
	State *User  `json:"state"`
}

type failure struct {
	Error   string `json:"error"`
	Version uint64 `json:"version"`
	Handler string `json:"handler"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	var user *User
	for {
		line, err := readLine(in)
		if err == io.EOF {
			return
		}
		var m message
		if err == nil {
			err = json.Unmarshal(line, &m)
		}
		if err != nil {
			log.Fatal(err)
		}
		switch {
		case m.Event != nil:
			next := user
			if next == nil {
				next = &User{}
			}
			event := Event{Type: *m.Event, Version: m.Version, Time: m.Time, Kind: m.Kind, Payload: m.Payload}
			if err := next.Apply(event); err == nil {
				user = next
			} else if err := encoder.Encode(failure{err.Error(), m.Version, event.Type}); err != nil {
				log.Fatal(err)
			}
			if user != nil && user.deleted {
				user = nil
			}
		case m.Ask != nil:
			if err := encoder.Encode(answer{*m.Ask, user}); err != nil {
				log.Fatal(err)
			}
			if in.Buffered() == 0 { // nothing more to do until the answers are read
				if err := out.Flush(); err != nil {
					log.Fatal(err)
				}
			}
		case m.Begin != nil:
			user = nil
			if string(m.State) != "null" {
				user = &User{}
				if err := json.Unmarshal(m.State, user); err != nil {
					log.Fatal(err)
				}
			}
		}
	}
}

// readLine gives the next line; valid until the next call. Most fit into the buffer and are not copied.
func readLine(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	whole := append([]byte(nil), line...)
	for errors.Is(err, bufio.ErrBufferFull) {
		line, err = in.ReadSlice('\n')
		whole = append(whole, line...)
	}
	return whole, err
}
