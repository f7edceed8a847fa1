// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.core.policy.PolicySettings;
import org.taffrail.broker.core.policy.QueueNaming;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Grantees;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What is set for some destinations only: an immutable set of values by {@link PolicyName}. */
final class PolicyValues {
    /** Nothing is set. */
    static final PolicyValues NONE = new PolicyValues(Map.of());

    private final Map<PolicyName, Object> values;

    private PolicyValues(Map<PolicyName, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Returns these with values from a source that stands above those before it.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if a name or a value is not allowed,
     *     or two names of the source mean the same
     */
    PolicyValues with(Map<String, String> source) {
        Map<PolicyName, Object> given = new LinkedHashMap<>();
        source.forEach(
                (typed, text) -> {
                    PolicyName name = PolicyName.of(typed);
                    if (given.put(name, name.key().parse(typed, text)) != null) {
                        throw new WireException(
                                ErrorCode.INVALID_OPTION,
                                name + " is given twice, once with # and once with >");
                    }
                });
        Map<PolicyName, Object> merged = new HashMap<>(values);
        merged.putAll(given);
        return new PolicyValues(merged);
    }

    /** Shows names and values as they may be typed. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name.toString(), name.key().show(value)));
        return shown;
    }

    /** Finds a value that is different, or not given, elsewhere; returns how it is there. */
    String differsFrom(PolicyValues other) {
        for (Map.Entry<PolicyName, Object> entry : values.entrySet()) {
            PolicyName name = entry.getKey();
            Object there = other.values.get(name);
            if (there == null) {
                return "no " + name;
            }
            if (!there.equals(entry.getValue())) {
                return name + "=" + name.key().show(there);
            }
        }
        return null;
    }

    /** Names what is different, or set on one side only, of those that are live, or not. */
    List<String> changes(PolicyValues next, boolean live) {
        Set<PolicyName> names = new LinkedHashSet<>(values.keySet());
        names.addAll(next.values.keySet());
        return names.stream()
                .filter(name -> name.key().isLive() == live)
                .filter(name -> !Objects.equals(values.get(name), next.values.get(name)))
                .map(PolicyName::toString)
                .sorted()
                .toList();
    }

    /** Returns these with the live ones of others in the place of their own. */
    PolicyValues withLive(PolicyValues next) {
        Map<PolicyName, Object> merged = new HashMap<>(values);
        merged.keySet().removeIf(name -> name.key().isLive());
        next.values.forEach(
                (name, value) -> {
                    if (name.key().isLive()) {
                        merged.put(name, value);
                    }
                });
        return new PolicyValues(merged);
    }

    /** Returns the policies that these make, with what holds where they say nothing. */
    Policies over(Map<ConfigKey<?>, Object> defaults) {
        Map<DestinationPattern, Map<ConfigKey<?>, Object>> byPattern = new HashMap<>();
        values.forEach(
                (name, value) ->
                        byPattern
                                .computeIfAbsent(name.pattern(), pattern -> new HashMap<>())
                                .put(name.key(), value));
        TreeMap<DestinationPattern, PolicySettings> patterns = new TreeMap<>();
        byPattern.forEach((pattern, given) -> patterns.put(pattern, settings(given)));
        return new Policies(settings(defaults), patterns);
    }

    /** Returns who has which right with which destinations, where these say something of it. */
    List<Access.Rule> permissions() {
        List<Access.Rule> rules = new ArrayList<>();
        for (Right right : Right.values()) {
            ConfigKey<String> key = SecurityKeys.permission(right);
            values.forEach(
                    (name, value) -> {
                        if (name.key() == key) {
                            Grantees grantees = Grantees.of((String) value);
                            rules.add(new Access.Rule(name.pattern(), right, grantees));
                        }
                    });
        }
        return rules;
    }

    private static PolicySettings settings(Map<ConfigKey<?>, Object> given) {
        Long deliveriesMax = value(given, DestinationKeys.DELIVERIES_MAX);
        return new PolicySettings(
                deliveriesMax == null ? null : Math.toIntExact(deliveriesMax),
                value(given, DestinationKeys.REDELIVERY_DELAY_MS),
                value(given, DestinationKeys.REDELIVERY_DELAY_FACTOR),
                value(given, DestinationKeys.REDELIVERY_DELAY_MAX_MS),
                naming(value(given, DestinationKeys.DEAD_LETTER_QUEUE)),
                naming(value(given, DestinationKeys.EXPIRY_QUEUE)),
                value(given, DestinationKeys.CREATE_ON_USE),
                value(given, DestinationKeys.RETENTION_MS),
                value(given, DestinationKeys.RETENTION_BYTES),
                value(given, DestinationKeys.RETENTION_DROPS_UNSETTLED));
    }

    private static QueueNaming naming(String text) {
        return text == null ? null : QueueNaming.of(text);
    }

    @SuppressWarnings("unchecked")
    private static <T> T value(Map<ConfigKey<?>, Object> given, ConfigKey<T> key) {
        return (T) given.get(key);
    }
}
