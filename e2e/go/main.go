// SPDX-License-Identifier: Apache-2.0

// Checks a published log with nothing of ours: only Go's own packages for its checksum database, which Debian ships as
// golang-golang-x-mod-dev. It opens the signed checkpoint, proves and checks the inclusion of every entry, compares every
// entry with its stored hash, and proves that the log begins with the one that an older checkpoint signed.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o verify-log main.go
//	./verify-log LOG_FOLDER [OLD_CHECKPOINT_FILE]
//
// LOG_FOLDER holds checkpoint, verifier.key and tile/ as C2SP tlog-tiles lays them out.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	entryBytes = 32 // every entry is a commitment of 32 bytes
)

// folder reads hashes from tiles; Go says tile/8/<level>/<n>, C2SP stores tile/<level>/<n>. What it reads is not trusted:
// a proof made from it is checked against the signed root. (Go's own tlog.TileHashReader is not used: up to version 0.7.0
// at least it leaves full tiles unchecked when several subtrees of the root lie in one tile.)
type folder struct {
	path   string
	size   int64
	tiles  map[tlog.Tile][]byte
	hashes map[int64]tlog.Hash
}

func (f *folder) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hash, known := f.hashes[index]
		if !known {
			tile := tlog.TileForIndex(tileHeight, index)
			tile.W = width(f.size>>(tileHeight*tile.L), tile.N)
			data, err := f.readTile(tile)
			if err != nil {
				return nil, err
			}
			if hash, err = tlog.HashFromTile(tile, data, index); err != nil {
				return nil, err
			}
			f.hashes[index] = hash
		}
		hashes[i] = hash
	}
	return hashes, nil
}

func (f *folder) readTile(tile tlog.Tile) (data []byte, err error) {
	if data = f.tiles[tile]; data != nil {
		return data, nil
	}
	path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
	if data, err = os.ReadFile(filepath.Join(f.path, path)); err != nil {
		return nil, err
	}
	if len(data) != tile.W*tlog.HashSize {
		return nil, fmt.Errorf("%s has %d bytes instead of %d", path, len(data), tile.W*tlog.HashSize)
	}
	f.tiles[tile] = data
	return data, nil
}

// width is how many of count hashes or entries are in the n-th tile.
func width(count, n int64) int {
	if rest := count - n*tileWidth; rest < tileWidth {
		return int(rest)
	}
	return tileWidth
}

// openCheckpoint checks the signature and the form of a checkpoint.
func openCheckpoint(path string, verifier note.Verifier) (tree tlog.Tree, err error) {
	bytes, err := os.ReadFile(path)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	if err != nil {
		return tree, fmt.Errorf("%s: %w", path, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("%s is no checkpoint of %s", path, verifier.Name())
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("%s has no root", path)
	}
	copy(tree.Hash[:], root)
	tree.N, err = strconv.ParseInt(lines[1], 10, 64)
	return tree, err
}

// readBundle reads the entries from first on, at most 256.
func readBundle(log string, first, size int64) ([][]byte, error) {
	tile := tlog.Tile{H: tileHeight, L: -1, N: first / tileWidth, W: width(size, first/tileWidth)}
	path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data/", tileHeight), "tile/entries/", 1)
	bytes, err := os.ReadFile(filepath.Join(log, path))
	if err != nil {
		return nil, err
	}
	if len(bytes) != tile.W*(2+entryBytes) {
		return nil, fmt.Errorf("%s has %d bytes instead of %d", path, len(bytes), tile.W*(2+entryBytes))
	}
	entries := make([][]byte, tile.W)
	for i := range entries {
		if length := binary.BigEndian.Uint16(bytes); length != entryBytes {
			return nil, fmt.Errorf("entry %d has %d bytes instead of %d", first+int64(i), length, entryBytes)
		}
		entries[i], bytes = bytes[2:2+entryBytes], bytes[2+entryBytes:]
	}
	return entries, nil
}

// verifyEntries proves that the entries from first on are in the tree.
func verifyEntries(tree tlog.Tree, reader tlog.HashReader, first int64, entries [][]byte) error {
	for i, entry := range entries {
		index, hash := first+int64(i), tlog.RecordHash(entry)
		stored, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		if stored[0] != hash {
			return fmt.Errorf("entry %d does not have its stored hash", index)
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return fmt.Errorf("entry %d cannot be proved: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, hash); err != nil {
			return fmt.Errorf("entry %d is not in the log: %w", index, err)
		}
	}
	return nil
}

func verify(log string, old []string) (summary string, err error) {
	key, err := os.ReadFile(filepath.Join(log, "verifier.key"))
	if err != nil {
		return "", err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return "", err
	}
	tree, err := openCheckpoint(filepath.Join(log, "checkpoint"), verifier)
	if err != nil {
		return "", err
	}
	reader := &folder{log, tree.N, map[tlog.Tile][]byte{}, map[int64]tlog.Hash{}}
	for first := int64(0); first < tree.N; first += tileWidth {
		entries, err := readBundle(log, first, tree.N)
		if err != nil {
			return "", err
		}
		if err := verifyEntries(tree, reader, first, entries); err != nil {
			return "", err
		}
	}
	summary = fmt.Sprintf("%s: signature and all %d entries hold", verifier.Name(), tree.N)
	for _, path := range old {
		before, err := openCheckpoint(path, verifier)
		if err != nil {
			return "", err
		}
		if before.N > tree.N {
			return "", fmt.Errorf("the log was shortened from %d to %d entries", before.N, tree.N)
		}
		if before.N > 0 {
			proof, err := tlog.ProveTree(tree.N, before.N, reader)
			if err != nil {
				return "", err
			}
			if err := tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash); err != nil {
				return "", fmt.Errorf("the log does not begin with the %d entries of %s: %w", before.N, path, err)
			}
		}
		summary += fmt.Sprintf("; it begins with the %d entries of %s", before.N, path)
	}
	return summary, nil
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: verify-log LOG_FOLDER [OLD_CHECKPOINT_FILE]...")
		os.Exit(2)
	}
	summary, err := verify(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(summary)
}
