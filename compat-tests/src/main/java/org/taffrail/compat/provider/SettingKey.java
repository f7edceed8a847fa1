// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What the file of a provider can say to the kit, beside what it says to JNDI: keys that begin with
 * {@value #PREFIX}.
 */
public enum SettingKey {
    /** The JNDI name of the connection factory. */
    CONNECTION_FACTORY(
            "connectionFactory", "JNDI name of the connection factory (ConnectionFactory)"),
    /** The JNDI name of a connection factory that sets optional properties. */
    DEFINED_PROPERTIES_FACTORY(
            "definedPropertiesFactory",
            "JNDI name of a connection factory for the checks of JMSXUserID and others that a"
                    + " provider may set only where it is asked to (compat.connectionFactory)"),
    /** A user who may do everything. */
    USER("user", "a user who may do everything; checks use it as right credentials"),
    /** That user's password. */
    PASSWORD("password", "that user's password"),
    /** Where dead letters go. */
    DEAD_LETTER_QUEUE(
            "deadLetterQueue",
            "physical name of the queue for dead letters; {name} stands for the queue they were in"),
    /** How often a message is delivered before it is a dead letter. */
    DELIVERIES_MAX(
            "deliveriesMax", "how often a message is delivered before it becomes a dead letter"),
    /** Predefined queues. */
    QUEUES(
            "queues",
            "empty queues the kit may use, where none is made on first use; names separated by"
                    + " commas, looked up in JNDI first"),
    /** Predefined topics. */
    TOPICS("topics", "topics the kit may use, as with queues");

    /** What the keys begin with in a file. */
    public static final String PREFIX = "compat.";

    private final String key;
    private final String meaning;

    SettingKey(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /**
     * Returns the key as checks ask for it.
     *
     * @return without the prefix
     */
    public String key() {
        return key;
    }

    /**
     * Returns the key as it stands in a file.
     *
     * @return with the prefix
     */
    public String inFile() {
        return PREFIX + key;
    }

    /**
     * Returns what it is for.
     *
     * @return half a sentence
     */
    public String meaning() {
        return meaning;
    }

    /**
     * Refuses what the kit does not know: a misspelt key would go unnoticed otherwise.
     *
     * @param file what a file says
     * @throws ProviderException if a key with the prefix is unknown
     */
    static void checkAll(Properties file) throws ProviderException {
        List<String> known = Arrays.stream(values()).map(SettingKey::inFile).toList();
        for (String name : file.stringPropertyNames()) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                throw new ProviderException(
                        name + " is no key of the kit; it knows " + String.join(", ", known));
            }
        }
    }
}
