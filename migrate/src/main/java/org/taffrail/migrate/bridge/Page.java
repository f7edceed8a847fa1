// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import org.taffrail.migrate.message.BodyKind;
import org.taffrail.migrate.message.Fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a link's ledger says: how far it has come.
 *
 * <pre>
 *   taffrail-migrate 1              format and version, always first
 *   batches 17                      how often it was written
 *   messages 1700                   the totals, a line each
 *   kind TEXT 1700                  how many of each kind of body
 *   notes 3                         how many notes belong to it, messages of their own
 *   unsettled 0123456789abcdef...   an identity that the other side may not have let go of
 * </pre>
 *
 * @param batches how often it was written
 * @param totals what was carried
 * @param notes how many notes there are besides
 * @param unsettled which messages were carried of which it is not certain that the other side knows
 */
record Page(long batches, Totals totals, int notes, List<Fingerprint> unsettled) {
    static final Page FIRST = new Page(0, Totals.NONE, 0, List.of());

    private static final String MAGIC = "taffrail-migrate 1";

    Page {
        unsettled = List.copyOf(unsettled);
    }

    Page withNotes(int count) {
        return new Page(batches, totals, count, unsettled);
    }

    String format() {
        StringBuilder text = new StringBuilder(MAGIC);
        line(text, "batches", batches);
        line(text, "messages", totals.messages());
        line(text, "bodyBytes", totals.bodyBytes());
        line(text, "recognised", totals.recognised());
        line(text, "repliesLost", totals.repliesLost());
        totals.byKind().forEach((kind, count) -> line(text, "kind " + kind.name(), count));
        line(text, "content", totals.content());
        line(text, "whole", totals.whole());
        line(text, "notes", notes);
        unsettled.forEach(identity -> line(text, "unsettled", identity));
        return text.append('\n').toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append('\n').append(name).append(' ').append(value);
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws LedgerException if it is anything else
     */
    static Page parse(String text) throws LedgerException {
        List<String> lines = text == null ? List.of() : text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(MAGIC)) {
            throw new LedgerException(
                    "a ledger that does not begin with \""
                            + MAGIC
                            + "\": made by another version?");
        }
        Map<String, String> values = new TreeMap<>();
        Map<BodyKind, Long> kinds = new TreeMap<>();
        List<Fingerprint> unsettled = new ArrayList<>();
        try {
            for (String line : lines.subList(1, lines.size())) {
                int space = line.lastIndexOf(' ');
                String name = line.substring(0, space);
                String value = line.substring(space + 1);
                if (name.equals("unsettled")) {
                    unsettled.add(Fingerprint.parse(value));
                } else if (name.startsWith("kind ")) {
                    kinds.put(BodyKind.valueOf(name.substring(5)), Long.valueOf(value));
                } else {
                    values.put(name, value);
                }
            }
            Totals totals =
                    new Totals(
                            Long.parseLong(required(values, "messages")),
                            Long.parseLong(required(values, "bodyBytes")),
                            Long.parseLong(required(values, "recognised")),
                            Long.parseLong(required(values, "repliesLost")),
                            kinds,
                            Fingerprint.parse(required(values, "content")),
                            Fingerprint.parse(required(values, "whole")));
            return new Page(
                    Long.parseLong(required(values, "batches")),
                    totals,
                    Integer.parseInt(required(values, "notes")),
                    unsettled);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new LedgerException("a ledger that can't be read (" + e.getMessage() + ")");
        }
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
