// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a setting for some destinations only: {@code queue.}, {@code topic.} or, for both,
 * {@code destination.}, then a pattern of names, a dot, and a key that is {@link
 * ConfigKey#perDestination}. {@code queue.orders.*.redelivery.delayMs} is the delay for the queues
 * that match {@code orders.*}.
 *
 * @param pattern the destinations
 * @param key the key
 */
record PolicyName(DestinationPattern pattern, ConfigKey<?> key) {
    private static final List<ConfigKey<?>> KEYS =
            BrokerKeys.ALL.stream().filter(ConfigKey::perDestination).toList();

    /** Whether a name is of this form, be it right or wrong. */
    static boolean isOne(String name) {
        return scope(name) != null;
    }

    private static Scope scope(String name) {
        for (Scope scope : Scope.values()) {
            if (name.startsWith(scope.prefix())) {
                return scope;
            }
        }
        return null;
    }

    /**
     * Reads a name of this form.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if it ends with no such key, naming
     *     the nearest, or its pattern is none
     */
    static PolicyName of(String name) {
        Scope scope = scope(name);
        String rest = name.substring(scope.prefix().length());
        for (ConfigKey<?> key : KEYS) {
            if (rest.endsWith("." + key.name())) {
                String pattern = rest.substring(0, rest.length() - key.name().length() - 1);
                try {
                    return new PolicyName(DestinationPattern.of(scope, pattern), key);
                } catch (IllegalArgumentException e) {
                    throw new WireException(
                            ErrorCode.INVALID_OPTION,
                            "option \"" + name + "\" is not allowed: " + e.getMessage());
                }
            }
        }
        throw new WireException(
                ErrorCode.INVALID_OPTION, "unknown option \"" + name + "\"" + hint(scope, name));
    }

    /**
     * Names the nearest: a key for all destinations, or one behind the pattern that was typed, of
     * which the last one or two words are taken for a key.
     */
    private static String hint(Scope scope, String name) {
        int lastDot = name.lastIndexOf('.');
        int patternAt = scope.prefix().length();
        List<String> known = new ArrayList<>();
        for (ConfigKey<?> key : KEYS) {
            boolean lastWord = key.name().endsWith(name.substring(lastDot));
            if (lastWord && lastDot > patternAt) {
                return NearestName.hint(name, List.of(name.substring(0, lastDot + 1) + key));
            }
            known.add(key.name());
            for (int dot : new int[] {lastDot, name.lastIndexOf('.', lastDot - 1)}) {
                if (dot > patternAt) {
                    known.add(name.substring(0, dot + 1) + key);
                }
            }
        }
        return NearestName.hint(name, known);
    }

    /** Returns the name as it may be typed. */
    @Override
    public String toString() {
        return pattern.scope().prefix() + pattern + "." + key;
    }
}
