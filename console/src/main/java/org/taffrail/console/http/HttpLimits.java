// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.HttpKeys;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The limits of the JDK's HTTP server, which reads them once, from system properties, when its
 * first server is made: they belong to the process, as the port does. One that was given on the
 * command line of the JVM stays.
 */
final class HttpLimits {
    private static final int HEADERS_MAX = 64;
    private static final int HEADER_BYTES_MAX = 32 << 10;
    private static final int IDLE_S = 60;
    private static final int DRAINED_BYTES_MAX = 64 << 10;

    private HttpLimits() {}

    static void set(BrokerConfig config) {
        long seconds = Math.max(1, config.get(HttpKeys.REQUEST_MS) / 1000);
        long connections = config.get(HttpKeys.CONNECTIONS_MAX);
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("sun.net.httpserver.maxReqHeaders", HEADERS_MAX);
        limits.put("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES_MAX);
        limits.put("sun.net.httpserver.maxReqTime", seconds);
        limits.put("sun.net.httpserver.maxRspTime", seconds);
        limits.put("sun.net.httpserver.idleInterval", IDLE_S);
        limits.put("sun.net.httpserver.maxIdleConnections", connections);
        limits.put("sun.net.httpserver.drainAmount", DRAINED_BYTES_MAX);
        limits.put("sun.net.httpserver.nodelay", true);
        limits.put("jdk.httpserver.maxConnections", connections);
        limits.forEach(
                (name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value.toString());
                    }
                });
    }
}
