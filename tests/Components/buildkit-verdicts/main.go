// Says what BuildKit reads in Dockerfiles: its instructions, what it refuses, and its own checks. Built inside a checkout of BuildKit
// (buildkit-verdicts.sh); no image is looked up.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

type meta struct{}

func (meta) ResolveImageConfig(ctx context.Context, ref string, opt sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	os, arch := "linux", "amd64"
	if opt.ImageOpt != nil && opt.ImageOpt.Platform != nil {
		os, arch = opt.ImageOpt.Platform.OS, opt.ImageOpt.Platform.Architecture
	}
	dt := []byte(fmt.Sprintf(`{"architecture":%q,"os":%q,"config":{"Env":["PATH=/bin"]}}`, arch, os))
	return ref, digest.FromBytes(dt), dt, nil
}

type instr struct {
	Cmd   string   `json:"cmd"`
	Args  []string `json:"args"`
	Flags []string `json:"flags"`
	JSON  bool     `json:"json"`
	Here  []string `json:"here"`
	Start int      `json:"start"`
	End   int      `json:"end"`
}
type warn struct {
	Rule   string `json:"rule"`
	Line   int32  `json:"line"`
	Detail string `json:"detail"`
}
type out struct {
	Path   string  `json:"path"`
	Error  string  `json:"error,omitempty"`
	Line   int32   `json:"line,omitempty"`
	Instrs []instr `json:"instructions"`
	Warns  []warn  `json:"warnings"`
}

func args(node *parser.Node) []string {
	result := []string{}
	for n := node.Next; n != nil; n = n.Next {
		if len(n.Children) == 1 {
			result = append(result, n.Children[0].Value)
			result = append(result, args(n.Children[0])...)
		} else {
			result = append(result, n.Value)
		}
	}
	return result
}

func one(path string, dt []byte) (o out) {
	o = out{Path: path}
	defer func() {
		if r := recover(); r != nil {
			o.Error = fmt.Sprint("panic: ", r)
		}
	}()
	if r, err := parser.Parse(bytes.NewReader(dt)); err == nil {
		for _, n := range r.AST.Children {
			i := instr{Cmd: n.Value, Args: args(n), Flags: n.Flags, JSON: n.Attributes["json"], Start: n.StartLine, End: n.EndLine}
			for _, h := range n.Heredocs {
				i.Here = append(i.Here, h.Name+"\x00"+h.Content)
			}
			o.Instrs = append(o.Instrs, i)
		}
	}
	st := llb.Scratch()
	p := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	res, err := dockerfile2llb.DockerfileLint(context.Background(), dt, dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{BuildPlatforms: []ocispecs.Platform{p}, TargetPlatforms: []ocispecs.Platform{p}},
		MainContext:    &st,
		SourceMap:      &llb.SourceMap{Filename: path, Language: "Dockerfile", Data: dt, Definition: &llb.Definition{}},
		MetaResolver:   meta{},
		TargetPlatform: &p,
	})
	if err != nil {
		o.Error = err.Error()
		return o
	}
	if res.Error != nil {
		o.Error = res.Error.Message
		if len(res.Error.Location.GetRanges()) > 0 {
			o.Line = res.Error.Location.Ranges[0].Start.Line
		}
	}
	for _, w := range res.Warnings {
		l := int32(0)
		if len(w.Location.GetRanges()) > 0 {
			l = w.Location.Ranges[0].Start.Line
		}
		o.Warns = append(o.Warns, warn{w.RuleName, l, w.Detail})
	}
	return o
}

func main() {
	sc := bufio.NewScanner(os.Stdin)
	sc.Buffer(nil, 1<<24)
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for sc.Scan() {
		p := sc.Text()
		var dt []byte
		if strings.HasPrefix(p, "\"") {
			var s string
			json.Unmarshal([]byte(p), &s)
			dt, p = []byte(s), ""
		} else {
			dt, _ = os.ReadFile(p)
		}
		o := one(p, dt)
		enc.Encode(o)
	}
}
