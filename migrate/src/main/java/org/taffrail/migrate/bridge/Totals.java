// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import org.taffrail.migrate.message.BodyKind;
import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.Parcel;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a link has carried in all its runs: written down in the same transaction as the messages.
 * Immutable.
 *
 * @param messages how many
 * @param bodyBytes how many bytes their bodies have
 * @param recognised how many came again after a failure and were not carried a second time
 * @param repliesLost how many ask for a reply to where nobody can reply any more
 * @param byKind how many of each kind of body
 * @param content the sum of {@link Parcel#content}
 * @param whole the sum of {@link Parcel#whole}
 */
public record Totals(
        long messages,
        long bodyBytes,
        long recognised,
        long repliesLost,
        Map<BodyKind, Long> byKind,
        Fingerprint content,
        Fingerprint whole) {
    /** Nothing yet. */
    public static final Totals NONE =
            new Totals(0, 0, 0, 0, Map.of(), Fingerprint.ZERO, Fingerprint.ZERO);

    /**
     * Adds a message that was carried.
     *
     * @param parcel the message
     * @return the new totals
     */
    public Totals plus(Parcel parcel) {
        Map<BodyKind, Long> kinds = new TreeMap<>(byKind);
        kinds.merge(parcel.kind(), 1L, Long::sum);
        Fingerprint one = parcel.content();
        return new Totals(
                messages + 1,
                bodyBytes + parcel.bodyBytes(),
                recognised,
                repliesLost + (parcel.replyToLost() ? 1 : 0),
                kinds,
                content.plus(one),
                whole.plus(parcel.whole(one)));
    }

    Totals recognised(int count) {
        return new Totals(
                messages, bodyBytes, recognised + count, repliesLost, byKind, content, whole);
    }
}
