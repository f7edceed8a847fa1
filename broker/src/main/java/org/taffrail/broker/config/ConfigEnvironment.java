// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.wire.NearestName;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the environment sets: {@code TAFFRAIL_} and a key's name in upper case, with an underscore
 * for each dot. Policies by pattern are not set so, because no variable's name can hold a pattern.
 */
final class ConfigEnvironment {
    private static final String PREFIX = "TAFFRAIL_";

    /** Variables that are for the launcher, for other commands, and for the recorder. */
    private static final List<String> OF_OTHERS =
            List.of(
                    "TAFFRAIL_JAVA_OPTS",
                    "TAFFRAIL_CLASSPATH",
                    "TAFFRAIL_PASSWORD",
                    "TAFFRAIL_FROM_PASSWORD",
                    "TAFFRAIL_TO_PASSWORD",
                    "TAFFRAIL_CHECK_FOLDER",
                    "TAFFRAIL_CHECK_INITIAL");

    private static final String OF_A_SERVICE = "TAFFRAIL_SERVICE_HOST";

    private final List<Setting> settings = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    private ConfigEnvironment() {}

    /**
     * Names a key's variable.
     *
     * @param key the key
     * @return such as {@code TAFFRAIL_JOURNAL_SEGMENTBYTES}
     */
    static String variable(ConfigKey<?> key) {
        return PREFIX + key.name().replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Reads an environment.
     *
     * @param variables by name; those that are not Taffrail's are passed over
     */
    static ConfigEnvironment read(Map<String, String> variables) {
        ConfigEnvironment environment = new ConfigEnvironment();
        if (variables.containsKey(OF_A_SERVICE)) {
            environment.mistakes.add(
                    new Mistake(
                            OF_A_SERVICE,
                            "Kubernetes sets such variables for a service named taffrail, which"
                                    + " would be taken for keys: set enableServiceLinks: false for"
                                    + " the pod, or give the service another name"));
            return environment;
        }
        Map<String, ConfigKey<?>> known = new LinkedHashMap<>();
        BrokerKeys.ALL.forEach(key -> known.put(variable(key), key));
        new TreeMap<>(variables)
                .forEach(
                        (variable, text) -> {
                            if (variable.startsWith(PREFIX) && !OF_OTHERS.contains(variable)) {
                                environment.take(variable, text, known);
                            }
                        });
        return environment;
    }

    private void take(String variable, String text, Map<String, ConfigKey<?>> known) {
        ConfigKey<?> key = known.get(variable);
        if (key != null) {
            settings.add(new Setting(key.name(), text, variable));
            return;
        }
        List<String> names = new ArrayList<>(known.keySet());
        names.addAll(OF_OTHERS);
        mistakes.add(
                new Mistake(
                        variable,
                        "no key of the configuration has this variable"
                                + NearestName.hint(variable, names)));
    }

    List<Setting> settings() {
        return settings;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }
}
