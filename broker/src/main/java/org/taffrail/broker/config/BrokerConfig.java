// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.ProducerLimits;
import org.taffrail.broker.core.TransactionLimits;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.CertificateNames;
import org.taffrail.broker.security.Grantees;
import org.taffrail.broker.security.Grants;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a broker is to be like: an immutable set of values for the {@link BrokerKeys}. */
public final class BrokerConfig {
    /** Stands for everybody, where users are named. */
    public static final String EVERYBODY = "*";

    private static final int BATCHES_PER_SEGMENT = 4;

    private static final Map<String, ConfigKey<?>> BY_NAME = byName();
    private static final BrokerConfig DEFAULTS = new BrokerConfig(Map.of(), PolicyValues.NONE);

    private final Map<ConfigKey<?>, Object> values;
    private final PolicyValues policies;

    private BrokerConfig(Map<ConfigKey<?>, Object> values, PolicyValues policies) {
        this.values = Map.copyOf(values);
        this.policies = policies;
    }

    private static Map<String, ConfigKey<?>> byName() {
        Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            keys.put(key.name(), key);
        }
        return keys;
    }

    /**
     * Returns the configuration in which every key has its default.
     *
     * @return nothing given
     */
    public static BrokerConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Returns this configuration with values from a source that stands above those before it.
     *
     * @param source names and values as typed
     * @return a new configuration
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if a key is not known, naming the
     *     nearest, or a value is not allowed
     */
    public BrokerConfig with(Map<String, String> source) {
        Map<ConfigKey<?>, Object> merged = new HashMap<>(values);
        Map<String, String> ofPatterns = new LinkedHashMap<>();
        source.forEach(
                (name, text) -> {
                    if (PolicyName.isOne(name)) {
                        ofPatterns.put(name, text);
                    } else {
                        merged.put(known(name, BY_NAME.keySet()), BY_NAME.get(name).parse(text));
                    }
                });
        return new BrokerConfig(merged, policies.with(ofPatterns));
    }

    /**
     * Returns the configuration of an embedded broker.
     *
     * @param options names and values as typed, without those that say which broker is meant
     * @param others names that are known beside the keys, for the hint
     * @return the configuration
     * @throws WireException {@link ErrorCode#INVALID_OPTION} as {@link #with}, also for a key that
     *     means nothing to an embedded broker
     */
    public static BrokerConfig embedded(Map<String, String> options, Collection<String> others) {
        Set<String> names = new LinkedHashSet<>(others);
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (!key.serverOnly()) {
                names.add(key.name());
            }
        }
        for (String name : options.keySet()) {
            ConfigKey<?> key = BY_NAME.get(name);
            if (key != null && key.serverOnly()) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        name + " means nothing to an embedded broker" + instead(key));
            }
            if (!PolicyName.isOne(name)) {
                known(name, names);
            }
        }
        return DEFAULTS.with(options).conclude();
    }

    private static String instead(ConfigKey<?> key) {
        return key == BrokerKeys.DATA ? "; its folder is \"dir\"" : "";
    }

    private static ConfigKey<?> known(String name, Collection<String> names) {
        ConfigKey<?> key = BY_NAME.get(name);
        if (key == null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "unknown option \"" + name + "\"" + NearestName.hint(name, names));
        }
        return key;
    }

    /**
     * Returns a key's value.
     *
     * @param key the key
     * @param <T> its type
     * @return what was given, or the default
     */
    public <T> T get(ConfigKey<T> key) {
        @SuppressWarnings("unchecked")
        T value = (T) values.get(key);
        return value == null ? key.defaultValue() : value;
    }

    /** Tells whether a value was given. */
    boolean isSet(ConfigKey<?> key) {
        return values.containsKey(key);
    }

    /**
     * Returns a number that fits 32 bits by its bounds.
     *
     * @param key the key
     * @return its value
     */
    public int number(ConfigKey<Long> key) {
        return Math.toIntExact(get(key));
    }

    /**
     * Returns this configuration without a key.
     *
     * @param key the key
     * @param value its new value
     * @param <T> its type
     * @return a new configuration
     */
    public <T> BrokerConfig with(ConfigKey<T> key, T value) {
        return with(Map.of(key.name(), value.toString()));
    }

    /**
     * Shows what is set for some destinations only.
     *
     * @return values as they may be typed, by the name of the policy
     */
    public Map<String, String> policiesShown() {
        return policies.shown();
    }

    /**
     * Finds something that was given here and is different there.
     *
     * @param other another configuration
     * @return how the first such thing is there, as {@code key=value}, or null
     */
    public String differsFrom(BrokerConfig other) {
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (values.containsKey(key) && !values.get(key).equals(other.get(key))) {
                return key + "=" + key.show(other.get(key));
            }
        }
        return policies.differsFrom(other.policies);
    }

    /**
     * Names what is different in another configuration.
     *
     * @param next the other
     * @param live of what counts while the broker runs, or else of the rest
     * @return the names of keys, also with their patterns
     */
    public List<String> changes(BrokerConfig next, boolean live) {
        List<String> changes = new ArrayList<>();
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.isLive() == live && !Objects.equals(get(key), next.get(key))) {
                changes.add(key.name());
            }
        }
        changes.addAll(policies.changes(next.policies, live));
        return changes;
    }

    /**
     * Returns this configuration with what counts while the broker runs from another.
     *
     * @param next the other
     * @return a new configuration
     */
    public BrokerConfig withLive(BrokerConfig next) {
        Map<ConfigKey<?>, Object> merged = new HashMap<>(values);
        merged.keySet().removeIf(ConfigKey::isLive);
        next.values.forEach(
                (key, value) -> {
                    if (key.isLive()) {
                        merged.put(key, value);
                    }
                });
        return new BrokerConfig(merged, policies.withLive(next.policies));
    }

    /**
     * Checks the values against each other, once all sources are merged.
     *
     * @return this
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if two of them don't fit
     */
    public BrokerConfig conclude() {
        Fits.of(this).forEach(Runnable::run);
        return this;
    }

    /**
     * Checks the values against each other, as {@link #conclude}.
     *
     * @return what does not fit, a line each
     */
    public List<String> misfits() {
        List<String> misfits = new ArrayList<>();
        for (Runnable fit : Fits.of(this)) {
            try {
                fit.run();
            } catch (WireException e) {
                misfits.add(e.getMessage());
            }
        }
        return misfits;
    }

    /**
     * Returns which queues are made at the start.
     *
     * @return their names, in the order in which they were given
     */
    public List<String> declaredQueues() {
        return DeclaredKeys.names(get(DeclaredKeys.QUEUES));
    }

    /**
     * Returns which topics are made at the start.
     *
     * @return their names, in the order in which they were given
     */
    public List<String> declaredTopics() {
        return DeclaredKeys.names(get(DeclaredKeys.TOPICS));
    }

    /**
     * Tells whether there is somebody to tell users from others.
     *
     * @return false where any name is believed
     */
    public boolean knowsUsers() {
        return get(BrokerKeys.USERS_FILE) != null
                || get(LoginKeys.JAAS_ENTRY) != null
                || certificateNames() != CertificateNames.NONE;
    }

    /**
     * Returns whose a client's certificate is.
     *
     * @return as configured
     */
    public CertificateNames certificateNames() {
        return CertificateNames.of(get(LoginKeys.CERTIFICATE_USER));
    }

    /** Returns who has which right, by pattern and for all destinations. */
    List<Access.Rule> rules() {
        List<Access.Rule> rules = new ArrayList<>(policies.permissions());
        for (Right right : Right.values()) {
            Grantees grantees = Grantees.of(get(SecurityKeys.permission(right)));
            rules.add(new Access.Rule(null, right, grantees));
        }
        return rules;
    }

    /**
     * Returns who may do what with which destination.
     *
     * @return as configured
     */
    public Access access() {
        return Access.of(
                rules(),
                Grantees.of(get(SecurityKeys.TEMPORARY)),
                get(SecurityKeys.CLIENT_IDS).equals(SecurityKeys.OWN),
                new Grants(
                        managers(), importers(), !knowsUsers(), importers().contains(EVERYBODY)));
    }

    /**
     * Tells whether a risk of listening on a network was accepted by name.
     *
     * @param risk {@link SecurityKeys#CLEARTEXT} or {@link SecurityKeys#STRANGERS}
     * @return whether it stands in {@link SecurityKeys#NETWORK_RISKS}
     */
    public boolean takesRisk(String risk) {
        return SecurityKeys.risks(get(SecurityKeys.NETWORK_RISKS)).contains(risk);
    }

    /**
     * Returns which users may manage, where there is a users file.
     *
     * @return their names, none unless some were given
     */
    public Set<String> managers() {
        return listed(BrokerKeys.MANAGERS);
    }

    /**
     * Returns which users may import.
     *
     * @return their names, {@link #EVERYBODY} among them if everybody may; none unless some were
     *     given
     */
    public Set<String> importers() {
        return listed(BrokerKeys.IMPORTERS);
    }

    /**
     * Returns what a key names with commas between.
     *
     * @param key the key
     * @return each, without white space around it; none where it is not set
     */
    public Set<String> listed(ConfigKey<String> key) {
        String given = get(key);
        if (given == null) {
            return Set.of();
        }
        return Arrays.stream(given.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Tells whether clients are let in that name no user.
     *
     * @return what was given, or else whether nobody knows users
     */
    public boolean admitsAnonymous() {
        Boolean given = get(BrokerKeys.ANONYMOUS);
        return given == null ? !knowsUsers() : given;
    }

    /**
     * Returns the largest batch that the journal takes.
     *
     * @return in bytes
     */
    public int batchBytesMax() {
        return number(BrokerKeys.SEGMENT_BYTES) / BATCHES_PER_SEGMENT;
    }

    /**
     * Returns the core's limits.
     *
     * @return as configured
     */
    public Limits limits() {
        return new Limits(
                policies(),
                number(BrokerKeys.NAME_BYTES_MAX),
                number(BrokerKeys.DESTINATIONS_MAX),
                number(BrokerKeys.CONSUMERS_MAX),
                new TransactionLimits(
                        number(BrokerKeys.TRANSACTIONS_MAX),
                        get(BrokerKeys.TRANSACTION_BYTES_MAX),
                        number(BrokerKeys.TRANSACTION_SENDS_MAX),
                        number(BrokerKeys.TRANSACTION_SETTLEMENTS_MAX),
                        number(BrokerKeys.TRANSACTION_BYTES),
                        get(BrokerKeys.STAGED_BYTES_MAX),
                        number(BrokerKeys.PREPARED_MAX),
                        get(BrokerKeys.TRANSACTION_IDLE_MS)),
                Limits.RELEASES_MAX,
                number(BrokerKeys.MESSAGE_GROUPS_MAX),
                number(BrokerKeys.MESSAGE_BYTES_MAX),
                FrameLayout.RECORD_BYTES_MAX,
                get(BrokerKeys.RECENT_BYTES),
                get(BrokerKeys.TEMPORARY_BYTES_MAX),
                new ProducerLimits(
                        number(BrokerKeys.WINDOW_MESSAGES),
                        get(BrokerKeys.PRODUCERS_KEPT_MS),
                        number(BrokerKeys.PRODUCERS_LOST_MAX)));
    }

    private Policies policies() {
        Map<ConfigKey<?>, Object> defaults = new HashMap<>();
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.perDestination()) {
                defaults.put(key, get(key));
            }
        }
        return policies.over(defaults);
    }
}
