// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

/** The five body types of Jakarta Messaging (section 3.11) and the message without a body. */
public enum BodyType {
    /** No body: {@code Message}. */
    NONE,
    /** UTF-8: {@code TextMessage}. */
    TEXT,
    /** Bytes as they are: {@code BytesMessage}. */
    BYTES,
    /** Names with typed values, see {@link TypedValues}: {@code MapMessage}. */
    MAP,
    /** Typed values: {@code StreamMessage}. */
    STREAM,
    /** A serialized object: {@code ObjectMessage}. */
    OBJECT;

    private static final BodyType[] VALUES = values();

    /**
     * Returns the type with this number.
     *
     * @param number 0 to 7
     * @return the type, or null where the number has none
     */
    static BodyType of(int number) {
        return number < VALUES.length ? VALUES[number] : null;
    }
}
