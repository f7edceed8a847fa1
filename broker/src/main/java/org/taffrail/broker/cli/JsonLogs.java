// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The backend of SLF4J that writes each line of the log as an object of JSON on standard error. It
 * is on no list of services, so that it is used where a broker's process asks for it and nowhere
 * else.
 *
 * <p>Levels are those of {@code slf4j-simple}, which writes the log as text: the system properties
 * {@code org.slf4j.simpleLogger.defaultLogLevel} and {@code org.slf4j.simpleLogger.log.NAME}.
 */
public final class JsonLogs implements SLF4JServiceProvider {
    private static final String API = "2.0.99";

    private final Map<String, JsonLogger> loggers = new ConcurrentHashMap<>();
    private final BasicMarkerFactory markers = new BasicMarkerFactory();
    private final NOPMDCAdapter context = new NOPMDCAdapter();

    /** Makes the backend, as SLF4J does. */
    public JsonLogs() {}

    /**
     * Has it used by all loggers of this process, unless the JVM was told of another backend.
     * Called before the first logger is made.
     */
    static void use() {
        setUnlessGiven("slf4j.provider", JsonLogs.class.getName());
        // SLF4J would tell of that in a line of its own
        setUnlessGiven("slf4j.internal.verbosity", "WARN");
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public void initialize() {
        // nothing has to be read
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        UnaryOperator<String> given = System::getProperty;
        return name -> loggers.computeIfAbsent(name, made -> JsonLogger.of(made, given));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return API;
    }
}
