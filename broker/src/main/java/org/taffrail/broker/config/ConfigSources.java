// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a broker's configuration is from: a file, the environment, the command line, each of which
 * stands above those that were added before it. Collects every mistake with its place, so that all
 * can be told at once. Not thread-safe.
 */
public final class ConfigSources {
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<String, Setting> given = new TreeMap<>();
    private BrokerConfig config = BrokerConfig.defaults();

    /** Makes sources that set nothing. */
    public ConfigSources() {}

    /**
     * Adds a properties file in UTF-8 of at most 1 MiB. A key that is set twice in it is a mistake.
     *
     * @param path where it is
     * @return this
     */
    public ConfigSources file(Path path) {
        ConfigFile file = ConfigFile.read(path);
        mistakes.addAll(file.mistakes());
        add(file.settings());
        return this;
    }

    /**
     * Adds the variables of an environment that begin with {@code TAFFRAIL_} and are not the
     * launcher's. One of them that stands for no key is a mistake.
     *
     * @param variables by name
     * @return this
     */
    public ConfigSources environment(Map<String, String> variables) {
        ConfigEnvironment environment = ConfigEnvironment.read(variables);
        mistakes.addAll(environment.mistakes());
        add(environment.settings());
        return this;
    }

    /**
     * Adds what was typed.
     *
     * @param typed names and values
     * @return this
     */
    public ConfigSources commandLine(Map<String, String> typed) {
        List<Setting> settings = new ArrayList<>();
        typed.forEach((name, text) -> settings.add(new Setting(name, text, Setting.COMMAND_LINE)));
        add(settings);
        return this;
    }

    private void add(List<Setting> settings) {
        Map<String, Setting> ofSource = new HashMap<>();
        for (Setting setting : settings) {
            try {
                config = config.with(Map.of(setting.name(), setting.text()));
                String name = canonical(setting.name());
                Setting before = ofSource.putIfAbsent(name, setting);
                if (before != null) {
                    mistake(setting, name + " is given twice" + elsewhere(before));
                }
                given.put(name, setting);
            } catch (WireException e) {
                mistake(setting, e.getMessage());
            }
        }
    }

    private static String canonical(String name) {
        return PolicyName.isOne(name) ? PolicyName.of(name).toString() : name;
    }

    private static String elsewhere(Setting before) {
        return isTyped(before) ? ", once with # and once with >" : ": also at " + before.where();
    }

    private static boolean isTyped(Setting setting) {
        return setting.where().equals(Setting.COMMAND_LINE);
    }

    private void mistake(Setting setting, String what) {
        mistakes.add(new Mistake(isTyped(setting) ? null : setting.where(), what));
    }

    /**
     * Returns what is wrong with what was added, and with values that don't fit each other.
     *
     * @return in the order of the sources; none if a broker may start with this
     */
    public List<Mistake> mistakes() {
        List<Mistake> all = new ArrayList<>(mistakes);
        for (String misfit : config.misfits()) {
            all.add(new Mistake(null, misfit));
        }
        return all;
    }

    /**
     * Returns the configuration.
     *
     * @return concluded
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is a mistake, with the first,
     *     and how many more there are
     */
    public BrokerConfig config() {
        List<Mistake> all = mistakes();
        if (all.isEmpty()) {
            return config.conclude();
        }
        String more =
                all.size() == 1
                        ? ""
                        : " (and " + (all.size() - 1) + " more: see \"taffrail config check\")";
        throw new WireException(ErrorCode.INVALID_OPTION, all.get(0) + more);
    }

    /**
     * Returns the values as far as they are without mistakes.
     *
     * @return not concluded
     */
    public BrokerConfig asFarAsRight() {
        return config;
    }

    /**
     * Returns what was given, without what was given again by a source above.
     *
     * @return by the name of the key or policy
     */
    public Map<String, Setting> given() {
        return Map.copyOf(given);
    }
}
