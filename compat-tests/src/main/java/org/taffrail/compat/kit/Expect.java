// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import jakarta.jms.JMSException;

import java.util.Objects;

/** What checks expect. Each failure says what was expected and what came. */
public final class Expect {
    private Expect() {}

    /** Something that a provider may refuse. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @throws JMSException if the provider refuses
         */
        void run() throws JMSException;
    }

    /**
     * Expects a condition to hold.
     *
     * @param holds whether it does
     * @param otherwise what is wrong where it does not
     */
    public static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /**
     * Expects a value.
     *
     * @param expected the value, may be null
     * @param actual what came
     * @param what what it is, for the message
     */
    public static void equal(Object expected, Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(
                    what + ": expected " + shown(expected) + ", but was " + shown(actual));
        }
    }

    /**
     * Expects null.
     *
     * @param actual what came
     * @param what what it is, for the message
     */
    public static void isNull(Object actual, String what) {
        equal(null, actual, what);
    }

    /**
     * Expects something.
     *
     * @param <T> its type
     * @param actual what came
     * @param what what it is, for the message
     * @return it
     */
    public static <T> T notNull(T actual, String what) {
        if (actual == null) {
            throw new AssertionError(what + ": expected something, but there was nothing");
        }
        return actual;
    }

    /**
     * Expects a value to be of a type.
     *
     * @param <T> the type
     * @param type the type
     * @param actual what came
     * @param what what it is, for the message
     * @return it
     */
    public static <T> T type(Class<T> type, Object actual, String what) {
        if (!type.isInstance(actual)) {
            throw new AssertionError(
                    what + ": expected a " + type.getSimpleName() + ", but was " + shown(actual));
        }
        return type.cast(actual);
    }

    /**
     * Expects an exception. A subclass of it will do. What says that the provider does not have
     * this at all passes through, unless it is what is expected.
     *
     * @param <E> its type
     * @param type its type
     * @param what what was called, for the message
     * @param action the call
     * @return the exception
     */
    public static <E extends Throwable> E refused(Class<E> type, String what, Action action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            if (type.isInstance(thrown)) {
                return type.cast(thrown);
            }
            if (thrown instanceof UnsupportedOperationException
                    || thrown instanceof UnsupportedFacilityException
                    || thrown instanceof VirtualMachineError) {
                throw asUnchecked(thrown);
            }
            throw new AssertionError(
                    what + ": expected " + type.getSimpleName() + ", but got " + thrown, thrown);
        }
        throw new AssertionError(what + ": expected " + type.getSimpleName() + ", but it passed");
    }

    private static RuntimeException asUnchecked(Throwable thrown) {
        if (thrown instanceof RuntimeException unchecked) {
            return unchecked;
        }
        throw (Error) thrown;
    }

    private static String shown(Object value) {
        if (value == null) {
            return "nothing";
        }
        String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        String type = value instanceof String ? "" : " (" + value.getClass().getSimpleName() + ")";
        return (text.length() <= 200 ? text : text.substring(0, 200) + "...") + type;
    }
}
