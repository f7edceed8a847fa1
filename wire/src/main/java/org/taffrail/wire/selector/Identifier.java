// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.util.HashMap;
import java.util.Map;

/**
 * A name in a selector, resolved when the selector is parsed: which header field or property it
 * stands for, and its bytes for comparing with the names in a record. Immutable.
 *
 * <p>Names are case-sensitive (Jakarta Messaging 3.1, section 3.8.1.1).
 */
public final class Identifier {

    /** What a name stands for, so that an input can {@code switch} instead of comparing text. */
    public enum Field {
        /** Any property that is not one of those below. */
        PROPERTY(""),
        /** The header field JMSDeliveryMode. */
        DELIVERY_MODE("JMSDeliveryMode"),
        /** The header field JMSPriority. */
        PRIORITY("JMSPriority"),
        /** The header field JMSMessageID. */
        MESSAGE_ID("JMSMessageID"),
        /** The header field JMSTimestamp. */
        TIMESTAMP("JMSTimestamp"),
        /** The header field JMSCorrelationID. */
        CORRELATION_ID("JMSCorrelationID"),
        /** The header field JMSType. */
        TYPE("JMSType"),
        /** The property JMSXUserID. */
        USER_ID("JMSXUserID"),
        /** The property JMSXAppID. */
        APP_ID("JMSXAppID"),
        /** The property JMSXGroupID. */
        GROUP_ID("JMSXGroupID"),
        /** The property JMSXGroupSeq. */
        GROUP_SEQ("JMSXGroupSeq"),
        /** The property JMSXDeliveryCount. */
        DELIVERY_COUNT("JMSXDeliveryCount");

        private static final Map<String, Field> BY_NAME = byName();

        private final String jmsName;

        Field(String jmsName) {
            this.jmsName = jmsName;
        }

        private static Map<String, Field> byName() {
            Map<String, Field> fields = new HashMap<>();
            for (Field field : values()) {
                fields.put(field.jmsName, field);
            }
            return fields;
        }

        static Field of(String name) {
            return BY_NAME.getOrDefault(name, PROPERTY);
        }
    }

    private final String name;
    private final byte[] utf8;
    private final int hash;
    private final Field field;

    Identifier(String name) {
        this.name = name;
        this.utf8 = Utf8.encode(name);
        this.hash = Utf8.hash(utf8, 0, utf8.length);
        this.field = Field.of(name);
    }

    /**
     * Whether a selector may name this at all: of the names that begin with {@code JMS}, only six
     * header fields, the {@code JMSX} properties and the {@code JMS_} properties of providers.
     */
    static boolean isAllowed(String name) {
        return !name.startsWith("JMS")
                || name.startsWith("JMSX")
                || name.startsWith("JMS_")
                || Field.of(name) != Field.PROPERTY;
    }

    /**
     * The name as it stands in the selector.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What the name stands for.
     *
     * @return the field
     */
    public Field field() {
        return field;
    }

    /**
     * The length of the name.
     *
     * @return its length as UTF-8, in bytes
     */
    public int utf8Length() {
        return utf8.length;
    }

    /**
     * Compares with a name in a record.
     *
     * @param bytes an array with a name as UTF-8
     * @param offset where the name starts
     * @param length its length in bytes
     * @return whether it is this name
     * @throws IndexOutOfBoundsException if the slice is not within the array and its length is that
     *     of this name
     */
    public boolean hasName(byte[] bytes, int offset, int length) {
        return Utf8.equal(utf8, 0, utf8.length, bytes, offset, length);
    }

    /**
     * The hash that {@link #hashCode()} gives for a name, for an input that keeps an index of its
     * property names: {@code h = 31 * h + b} over the (signed) bytes, from 0.
     *
     * @param bytes an array with a name as UTF-8
     * @param offset where the name starts
     * @param length its length in bytes
     * @return the hash
     */
    public static int hash(byte[] bytes, int offset, int length) {
        return Utf8.hash(bytes, offset, length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Two identifiers are equal if they have the same name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Identifier && ((Identifier) other).name.equals(name);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
