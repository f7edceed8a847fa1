// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.RecordFile;
import org.taffrail.check.record.Sizes;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads files as {@link RecordFile} describes them, which come from elsewhere, and adds them up.
 */
public final class RecordReader {
    /** Far above what a recorder writes at most. */
    private static final long BYTES_MAX = 512L << 20;

    private final Run run = new Run();
    private Path file;
    private int line;

    /** Makes one that has read nothing. */
    public RecordReader() {}

    /**
     * Finds the files in folders; a file stands for itself.
     *
     * @param paths files and folders
     * @return the files, those of a folder in the order of their names
     * @throws IOException if a path is not there, or a folder has no file
     */
    public static List<Path> files(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> found = Files.list(path)) {
                    List<Path> inside =
                            found.filter(each -> each.toString().endsWith(RecordFile.ENDING))
                                    .sorted()
                                    .toList();
                    if (inside.isEmpty()) {
                        throw new IOException("no file *" + RecordFile.ENDING + " in " + path);
                    }
                    files.addAll(inside);
                }
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                throw new IOException("there is no file or folder " + path);
            }
        }
        return files;
    }

    /**
     * Reads a file and adds what it says.
     *
     * @param path the file
     * @throws IOException if it can't be read, is none of ours, is torn, of a later version or
     *     corrupt; the message says which, and where
     */
    public void add(Path path) throws IOException {
        file = path;
        line = 1;
        if (Files.size(path) > BYTES_MAX) {
            throw new IOException(path + " is larger than any such file is");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IOException(path + " is not UTF-8", e);
        }
        checkFrame(lines);
        Map<String, String> process = new LinkedHashMap<>();
        for (line = 2; line < lines.size(); line++) {
            read(fields(lines.get(line - 1)), process);
        }
        run.process(process);
    }

    Run run() {
        return run;
    }

    private void checkFrame(List<String> lines) throws IOException {
        List<String> first = lines.isEmpty() ? List.of("") : fields(lines.get(0));
        if (lines.isEmpty() || !first.get(0).equals(RecordFile.MAGIC)) {
            throw new IOException(
                    file
                            + (lines.isEmpty()
                                    ? " is empty: its JVM ended before it was written"
                                    : " was not written by taffrail-migrate-check"));
        }
        long version = number(first, 1);
        if (version > RecordFile.VERSION) {
            throw new IOException(
                    file + " is of version " + version + ", later than " + RecordFile.VERSION);
        }
        if (!lines.get(lines.size() - 1).equals("end")) {
            throw new IOException(file + " is torn: its last line is missing");
        }
    }

    private void read(List<String> fields, Map<String, String> process) throws IOException {
        switch (fields.get(0)) {
            case "run" -> process.put(text(fields, 1), text(fields, 2));
            case "use" -> use(fields);
            case "lost" -> run.lost(text(fields, 1), number(fields, 2));
            case "peak" -> run.peak(text(fields, 1), number(fields, 2));
            case "dest" -> destination(fields);
            default -> {
                // of a later writer
            }
        }
    }

    private void use(List<String> fields) throws IOException {
        for (Feature feature : Feature.values()) {
            if (feature.name().equals(text(fields, 1))) {
                run.use(feature, text(fields, 2), new Count(number(fields, 3), text(fields, 4)));
            }
        }
    }

    private void destination(List<String> fields) throws IOException {
        DestinationKind kind;
        try {
            kind = DestinationKind.valueOf(text(fields, 1));
        } catch (IllegalArgumentException e) {
            throw corrupt("unknown kind of destination");
        }
        Place place = run.place(kind, text(fields, 2));
        place.add(
                text(fields, 3),
                number(fields, 4),
                number(fields, 5),
                number(fields, 6),
                number(fields, 7));
        bodies(place.sent(), text(fields, 8));
        bodies(place.received(), text(fields, 9));
        sizes(place.sent(), text(fields, 10));
        sizes(place.received(), text(fields, 11));
    }

    private void bodies(Flow flow, String text) throws IOException {
        String[] parts = text.split(",", -1);
        long[] counts = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            counts[i] = parse(parts[i]);
        }
        flow.addBodies(counts);
    }

    private void sizes(Flow flow, String text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        int semicolon = text.indexOf(';');
        if (semicolon < 0) {
            throw corrupt("sizes without a maximum");
        }
        flow.addMax(parse(text.substring(0, semicolon)));
        for (String each : text.substring(semicolon + 1).split(",")) {
            int colon = each.indexOf(':');
            if (colon < 0) {
                throw corrupt("a size without a count");
            }
            long bucket = parse(each.substring(0, colon));
            if (bucket >= Sizes.BUCKETS) {
                throw corrupt("no bucket " + bucket);
            }
            flow.addBucket((int) bucket, parse(each.substring(colon + 1)));
        }
    }

    private long number(List<String> fields, int at) throws IOException {
        return parse(text(fields, at));
    }

    private long parse(String text) throws IOException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw corrupt("no number: " + text);
        }
        throw corrupt("a negative number");
    }

    private String text(List<String> fields, int at) throws IOException {
        if (at >= fields.size()) {
            throw corrupt("too few fields");
        }
        return fields.get(at);
    }

    private IOException corrupt(String why) {
        return new IOException(file + " is corrupt in line " + line + ": " + why);
    }

    private List<String> fields(String text) throws IOException {
        if (text.indexOf('\\') < 0) {
            return Arrays.asList(text.split("\t", -1));
        }
        List<String> fields = new ArrayList<>();
        for (String field : text.split("\t", -1)) {
            fields.add(unescaped(field));
        }
        return fields;
    }

    private String unescaped(String field) throws IOException {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                i++;
                plain.append(
                        switch (i < field.length() ? field.charAt(i) : ' ') {
                            case '\\' -> '\\';
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> throw corrupt("an unknown escape");
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
