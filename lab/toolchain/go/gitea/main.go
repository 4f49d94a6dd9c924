// Command gitea is Gitea with a database that needs no C compiler.
//
// Gitea's own program takes SQLite from a package of C code, and its templates
// and texts from a step of its release process. This one takes SQLite as
// modernc.org/sqlite has it in Go, and holds the templates and texts as its
// module has them; they are written to the work path when the server starts.
// Commands, settings and answers are those of Gitea's own program.
package main

import (
	"database/sql"
	"database/sql/driver"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"code.gitea.io/gitea/cmd"
	"code.gitea.io/gitea/modules/log"
	"code.gitea.io/gitea/modules/setting"

	_ "code.gitea.io/gitea/modules/markup/markdown"

	"github.com/urfave/cli/v3"
	_ "modernc.org/sqlite"
)

// Copied from the module before the build.
//
//go:embed all:static
var static embed.FS

// Version is set by the linker.
var Version = "development"

// sqlite reads the settings of github.com/mattn/go-sqlite3 that Gitea writes
// into the name of its database, and says them as modernc.org/sqlite does.
type sqlite struct{ driver.Driver }

func (s sqlite) Open(name string) (driver.Conn, error) {
	file, query, _ := strings.Cut(name, "?")
	settings, err := url.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	// Connections that share a cache lock each other out at once, whatever the timeout.
	settings.Del("cache")
	for _, pragma := range []string{"busy_timeout", "journal_mode"} {
		if value := settings.Get("_" + pragma); value != "" {
			settings.Add("_pragma", pragma+"("+value+")")
			settings.Del("_" + pragma)
		}
	}
	return s.Driver.Open(file + "?" + settings.Encode())
}

func offerSqlite() error {
	database, err := sql.Open("sqlite", "")
	if err != nil {
		return err
	}
	sql.Register("sqlite3", sqlite{database.Driver()})
	setting.EnableSQLite3 = true
	setting.SupportedDatabaseTypes = append(setting.SupportedDatabaseTypes, "sqlite3")
	return database.Close()
}

// writeStatic puts the templates and texts where Gitea looks for them.
func writeStatic() error {
	root := os.Getenv("GITEA_WORK_DIR")
	if root == "" {
		return fmt.Errorf("GITEA_WORK_DIR is not set")
	}
	return fs.WalkDir(static, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(root, filepath.FromSlash(name))
		if entry.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		content, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o600)
	})
}

func isServer() bool {
	for _, argument := range os.Args[1:] {
		if argument == "web" {
			return true
		}
	}
	return false
}

func run() error {
	if err := offerSqlite(); err != nil {
		return err
	}
	if isServer() {
		if err := writeStatic(); err != nil {
			return err
		}
	}
	setting.AppVer = Version
	setting.AppBuiltWith = " built with " + runtime.Version() + " : sqlite in Go"
	setting.AppStartTime = time.Now().UTC()
	setting.StaticRootPath = filepath.Join(os.Getenv("GITEA_WORK_DIR"), "static")
	app := cmd.NewMainApp(cmd.AppVersion{Version: Version, Extra: setting.AppBuiltWith})
	return cmd.RunMainApp(app, os.Args...)
}

func main() {
	cli.OsExiter = func(code int) {
		log.GetManager().Close()
		os.Exit(code)
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	log.GetManager().Close()
}
