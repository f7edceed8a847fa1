// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import java.util.SortedMap;

/**
 * A message as it was read from one provider: all of its header, its properties and its body, in
 * memory once. Immutable but for the arrays in it, which nobody changes.
 *
 * @param id JMSMessageID, null where the sender disabled it
 * @param timestampMs JMSTimestamp, 0 where the sender disabled it
 * @param correlation JMSCorrelationID: a text, bytes, or null
 * @param type JMSType or null
 * @param replyTo JMSReplyTo; null for none
 * @param replyToLost whether there was one that nobody else can reach, a temporary queue mostly
 * @param persistent whether JMSDeliveryMode is PERSISTENT
 * @param priority JMSPriority
 * @param expirationMs JMSExpiration, 0 for never
 * @param deliveryTimeMs JMSDeliveryTime, 0 where the provider has none
 * @param redelivered whether the provider says that it was delivered before
 * @param userId JMSXUserID or null
 * @param properties all others that are the message's own, by name
 * @param kind what the body is
 * @param body a text, bytes, a sorted map, a list of values, a serializable object, or null; {@link
 *     #UNREAD} for an object whose classes are not here
 */
public record Parcel(
        String id,
        long timestampMs,
        Object correlation,
        String type,
        Address replyTo,
        boolean replyToLost,
        boolean persistent,
        int priority,
        long expirationMs,
        long deliveryTimeMs,
        boolean redelivered,
        String userId,
        SortedMap<String, Object> properties,
        BodyKind kind,
        Object body) {
    /** Stands for the object of a message whose classes are not on the class path. */
    public static final Object UNREAD = new Object();

    /**
     * Returns what tells this message from others of its provider, whenever it is read: of its id,
     * and of everything where it has none.
     *
     * @return the same for the same message only; of two that have no id and are equal in
     *     everything, the same too
     */
    public Fingerprint identity() {
        return id != null ? new Digest().add(id).finish() : whole();
    }

    /**
     * Returns the fingerprint of what any send carries over: correlation id, type, delivery mode,
     * priority, reply-to, properties and body.
     *
     * @return the same for each faithful copy
     */
    public Fingerprint content() {
        Digest digest = new Digest();
        digest.add(correlation).add(type).add(persistent).add(priority);
        digest.add(replyTo == null ? null : replyTo.toString()).add(properties);
        return Bodies.digest(digest.add(kind.name()), body).finish();
    }

    /**
     * Returns the fingerprint of the whole message, with what only an import carries over: id,
     * timestamp, expiration and user.
     *
     * @return the same for each faithful import
     */
    public Fingerprint whole() {
        return whole(content());
    }

    /**
     * Returns the same where the content's fingerprint is known: the body is not read again.
     *
     * @param content what {@link #content} returns
     * @return as {@link #whole()}
     */
    public Fingerprint whole(Fingerprint content) {
        Digest digest = new Digest().add(content.high()).add(content.low());
        return digest.add(id).add(timestampMs).add(expirationMs).add(userId).finish();
    }

    /**
     * Returns how large the body is.
     *
     * @return bytes, of texts and names in UTF-8, without what any provider adds
     */
    public long bodyBytes() {
        return Bodies.bytes(body);
    }

    /** Names the message without anything of its content. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " message " + id;
    }
}
