// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

/** Says that the store can't do what was asked, and of what kind the trouble is. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of trouble. */
    public enum Kind {
        /** Another live owner holds the store. */
        HELD,
        /** Another owner has taken it since. */
        FENCED,
        /** What is stored contradicts itself below what is known durable. */
        CORRUPT,
        /** What is stored was written by a newer version. */
        TOO_NEW,
        /** What is stored was written by a version too old to be read. */
        TOO_OLD,
        /** There is no room left. */
        FULL,
        /** A limit of the store is exceeded. */
        LIMIT,
        /** Reading or writing failed. */
        IO
    }

    private final Kind kind;

    /**
     * Makes an exception.
     *
     * @param kind the kind of trouble
     * @param message names file and position, the limit and the value, and what to do
     * @param cause the cause or null
     */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Makes an exception without a cause.
     *
     * @param kind the kind of trouble
     * @param message names file and position, the limit and the value, and what to do
     */
    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Returns the kind.
     *
     * @return never null
     */
    public Kind kind() {
        return kind;
    }
}
