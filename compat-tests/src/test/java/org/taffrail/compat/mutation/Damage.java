// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;

import java.util.List;

/** A way of breaking any single method: what can be done to each without knowing what it means. */
enum Damage {
    /** It does nothing, and returns nothing. */
    SKIPS("does nothing"),
    /** It does what it should and returns something else. */
    LIES("returns something else"),
    /** What it throws is kept from the application. */
    SWALLOWS("throws nothing"),
    /** It throws another exception than it should. */
    BLURS("throws another exception");

    private final String words;

    Damage(String words) {
        this.words = words;
    }

    /** Returns what is wrong, for people. */
    String words() {
        return words;
    }

    /** Breaks the method of a name such as {@code Session.close}. */
    Mutation of(String method) {
        return call -> call.name().equals(method) ? answer(call) : call.proceed();
    }

    private Object answer(Call call) throws Throwable {
        return switch (this) {
            case SKIPS -> call.nothing();
            case LIES -> other(call.proceed());
            case SWALLOWS -> swallowed(call);
            case BLURS -> blurred(call);
        };
    }

    private static Object swallowed(Call call) {
        try {
            return call.proceed();
        } catch (Throwable e) {
            return call.nothing();
        }
    }

    private static Object blurred(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (Throwable e) {
            throw failure(call, e);
        }
    }

    /** An exception that the method may throw, but which is not the one that was meant. */
    private static Exception failure(Call call, Throwable cause) {
        boolean checked = List.of(call.method().getExceptionTypes()).contains(JMSException.class);
        boolean plain = cause.getClass() != JMSException.class;
        if (checked && plain) {
            return new JMSException("broken on purpose");
        }
        return checked
                ? new java.util.concurrent.CompletionException("broken on purpose", cause)
                : new JMSRuntimeException("broken on purpose");
    }

    private static Object other(Object value) {
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof Integer number) {
            return number + 1;
        }
        if (value instanceof Long number) {
            return number + 100_000L;
        }
        if (value instanceof Short number) {
            return (short) (number + 1);
        }
        if (value instanceof Byte number) {
            return (byte) (number + 1);
        }
        if (value instanceof Character letter) {
            return (char) (letter + 1);
        }
        if (value instanceof Float number) {
            return number + 1;
        }
        if (value instanceof Double number) {
            return number + 1;
        }
        return value instanceof String text ? text + "x" : null;
    }

    /** Whether it makes a difference only where the method throws. */
    boolean isOfExceptions() {
        return this == SWALLOWS || this == BLURS;
    }

    /** All ways of breaking a method, the most telling first. */
    static List<Damage> all() {
        return List.of(SWALLOWS, BLURS, LIES, SKIPS);
    }
}
