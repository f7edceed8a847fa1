// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.util.Locale;

/** The names of the files in a store's folder. */
final class Names {
    static final String LOCK = "lock";
    static final String EPOCH = "epoch";
    static final String MANIFEST = "manifest";

    private static final String SEGMENT_START = "segment-";
    private static final String SEGMENT_END = ".journal";
    private static final int DIGITS = 12;

    private Names() {}

    static String segment(long id) {
        return SEGMENT_START + digits(id) + SEGMENT_END;
    }

    static String index(long id) {
        return SEGMENT_START + digits(id) + ".index";
    }

    static String snapshot(long id) {
        return "snapshot-" + digits(id);
    }

    /** Returns the id in a segment's name, or -1 if it is no segment's. */
    static long segmentId(String name) {
        if (!name.startsWith(SEGMENT_START) || !name.endsWith(SEGMENT_END)) {
            return -1;
        }
        String id = name.substring(SEGMENT_START.length(), name.length() - SEGMENT_END.length());
        return id.matches("\\d{12,18}") ? Long.parseLong(id) : -1;
    }

    /** Returns the id in a snapshot's name, or -1 if it is no snapshot's. */
    static long snapshotId(String name) {
        return name.matches("snapshot-\\d{12,18}") ? Long.parseLong(name.substring(9)) : -1;
    }

    /** Tells whether the store made a file, and may delete it. */
    static boolean ours(String name) {
        return name.matches(
                "segment-\\d{12,18}\\.(journal|index)(\\.tmp)?|snapshot-\\d{12,18}(\\.tmp)?"
                        + "|(manifest|epoch)\\.tmp");
    }

    private static String digits(long id) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", id);
    }
}
