// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.Sizes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Messages to or from one destination, of all files. */
final class Flow {
    private final long[] byBody = new long[BodyKind.count()];
    private final SortedMap<Integer, Long> buckets = new TreeMap<>();
    private long bytesMax;

    void addBodies(long[] counts) {
        for (int i = 0; i < Math.min(counts.length, byBody.length); i++) {
            byBody[i] += counts[i];
        }
    }

    void addBucket(int bucket, long count) {
        buckets.merge(bucket, count, Long::sum);
    }

    void addMax(long bytes) {
        bytesMax = Math.max(bytesMax, bytes);
    }

    long count() {
        long sum = 0;
        for (long each : byBody) {
            sum += each;
        }
        return sum;
    }

    long bytesMax() {
        return bytesMax;
    }

    boolean knowsSizes() {
        return !buckets.isEmpty();
    }

    /**
     * The size that a share of the messages does not exceed, as far as sizes are known.
     *
     * @param share above 0, at most 1
     * @return bytes, at most a quarter too high; 0 where no size is known
     */
    long percentileBytes(double share) {
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (var each : buckets.entrySet()) {
            seen += each.getValue();
            if (seen >= wanted) {
                return Math.min(Sizes.upperBytes(each.getKey()), bytesMax);
            }
        }
        return 0;
    }

    /** The kinds of bodies that there were, with their counts: {@code text 12, bytes 3}. */
    String bodies() {
        List<String> texts = new ArrayList<>();
        for (BodyKind kind : BodyKind.values()) {
            if (byBody[kind.ordinal()] > 0) {
                texts.add(name(kind) + " " + Texts.number(byBody[kind.ordinal()]));
            }
        }
        return String.join(", ", texts);
    }

    long count(BodyKind kind) {
        return byBody[kind.ordinal()];
    }

    static String name(BodyKind kind) {
        return kind == BodyKind.NONE ? "no body" : kind.name().toLowerCase(Locale.ROOT);
    }
}
