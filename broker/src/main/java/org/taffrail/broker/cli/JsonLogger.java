// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Writes what is logged under one name, from its level on, each in one call of the stream. */
final class JsonLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private static final String SIMPLE = "org.slf4j.simpleLogger.";
    private static final int OFF = Integer.MAX_VALUE;

    /** The least level that is written, as a number of {@link Level}. */
    private final int least;

    private JsonLogger(String name, int least) {
        this.name = name;
        this.least = least;
    }

    /**
     * Makes one.
     *
     * @param given the system property of a name, or null
     */
    static JsonLogger of(String name, UnaryOperator<String> given) {
        String level = null;
        for (String part = name; level == null && !part.isEmpty(); part = above(part)) {
            level = given.apply(SIMPLE + "log." + part);
        }
        return new JsonLogger(
                name, least(level == null ? given.apply(SIMPLE + "defaultLogLevel") : level));
    }

    private static String above(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('.'), 0));
    }

    private static int least(String level) {
        if (level == null) {
            return Level.INFO.toInt();
        }
        if (level.equalsIgnoreCase("off")) {
            return OFF;
        }
        try {
            return Level.valueOf(level.toUpperCase(Locale.ROOT)).toInt();
        } catch (IllegalArgumentException unknown) {
            return Level.INFO.toInt(); // as slf4j-simple does
        }
    }

    private boolean writes(Level level) {
        return level.toInt() >= least;
    }

    @Override
    public boolean isTraceEnabled() {
        return writes(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return writes(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return writes(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return writes(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return writes(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null; // where a call stands is not told
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        JsonLogLine line =
                new JsonLogLine(Instant.now(), level, name, Thread.currentThread().getName());
        System.err.println(line.of(pattern, arguments, thrown));
    }
}
