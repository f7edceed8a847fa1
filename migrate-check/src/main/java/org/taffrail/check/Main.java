// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import org.taffrail.check.report.RecordReader;
import org.taffrail.check.report.Report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The command {@code taffrail migrate check}: makes a report of what was recorded. */
public final class Main {
    private static final String USAGE =
            """
            usage: taffrail migrate check FILE-OR-FOLDER... [--html OUT] [--json OUT]
              FILE-OR-FOLDER  what taffrail-migrate-check has written; several are added up
              --html OUT      write the report as a page
              --json OUT      write it for programs
            Exits with 0 if all that was seen works on Taffrail, perhaps with settings, 1 if
            something does not, and 2 if there is no report. See docs/migrate-check.md.
            """;

    private final List<Path> inputs = new ArrayList<>();
    private Path html;
    private Path json;

    private Main() {}

    /**
     * Makes a report and exits: with 0 if all works, 1 if something does not, 2 if there is none.
     *
     * @param args as the usage says
     */
    public static void main(String[] args) {
        System.exit(start(List.of(args), System.out, System.err));
    }

    /** Runs the command line and returns the exit code. */
    static int start(List<String> args, PrintStream out, PrintStream err) {
        if (args.size() == 1 && Set.of("--help", "-h", "help").contains(args.get(0))) {
            out.print(USAGE);
            return 0;
        }
        Main main = new Main();
        try {
            main.parse(args);
        } catch (IllegalArgumentException e) {
            err.println("taffrail migrate check: " + e.getMessage());
            err.print(USAGE);
            return 2;
        }
        try {
            return main.report(out);
        } catch (IOException e) {
            err.println("taffrail migrate check: " + e.getMessage());
            return 2;
        }
    }

    private void parse(List<String> args) {
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") && equals > 0 ? arg.substring(0, equals) : arg;
            switch (name) {
                case "--html" -> html = value(arg, equals, rest);
                case "--json" -> json = value(arg, equals, rest);
                default -> {
                    if (arg.startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + arg);
                    }
                    inputs.add(path(arg));
                }
            }
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("no file and no folder");
        }
    }

    private static Path value(String arg, int equals, Iterator<String> rest) {
        if (equals > 0) {
            return path(arg.substring(equals + 1));
        }
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(arg + " needs a file");
        }
        return path(rest.next());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no path: " + e.getMessage(), e);
        }
    }

    private int report(PrintStream out) throws IOException {
        RecordReader reader = new RecordReader();
        for (Path each : RecordReader.files(inputs)) {
            reader.add(each);
        }
        Report report = Report.of(reader);
        if (html != null) {
            Files.writeString(html, report.html(), StandardCharsets.UTF_8);
        }
        if (json != null) {
            Files.writeString(json, report.json(), StandardCharsets.UTF_8);
        }
        out.print(report.summary());
        return report.hasWhatDoesNotWork() ? 1 : 0;
    }
}
