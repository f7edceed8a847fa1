// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.CertificateNames;
import org.taffrail.broker.security.Grantees;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Holds the values of a configuration against each other. */
final class Fits {
    /**
     * What a batch may hold beside what a transaction has in memory: its events, and what came
     * before it.
     */
    private static final long BESIDE_TRANSACTION_BYTES = 4 << 20;

    private static final long DISK_BYTES_LEAST = 64 << 20;

    private final BrokerConfig config;

    private Fits(BrokerConfig config) {
        this.config = config;
    }

    /**
     * Returns all there is to check.
     *
     * @return each throws {@link ErrorCode#INVALID_OPTION} if two values don't fit
     */
    static List<Runnable> of(BrokerConfig config) {
        Fits fits = new Fits(config);
        return List.of(
                fits::transactions,
                fits::disk,
                fits::tls,
                fits::logins,
                fits::users,
                fits::permissions,
                fits::destinations);
    }

    private void transactions() {
        if (config.get(BrokerKeys.TRANSACTION_BYTES) + BESIDE_TRANSACTION_BYTES
                > config.batchBytesMax()) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    BrokerKeys.TRANSACTION_BYTES
                            + "="
                            + BrokerKeys.TRANSACTION_BYTES.show(
                                    config.get(BrokerKeys.TRANSACTION_BYTES))
                            + " and 4MiB beside don't fit in a quarter of "
                            + BrokerKeys.SEGMENT_BYTES
                            + "="
                            + BrokerKeys.SEGMENT_BYTES.show(config.get(BrokerKeys.SEGMENT_BYTES)));
        }
    }

    private void disk() {
        long bytesMax = config.get(BrokerKeys.DISK_BYTES_MAX);
        long reserve = config.get(BrokerKeys.RESERVE_BYTES);
        if (bytesMax != 0 && bytesMax < DISK_BYTES_LEAST) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    BrokerKeys.DISK_BYTES_MAX
                            + "="
                            + BrokerKeys.DISK_BYTES_MAX.show(bytesMax)
                            + " is less than "
                            + BrokerKeys.DISK_BYTES_MAX.show(DISK_BYTES_LEAST)
                            + "; 0 sets no limit");
        }
        if (bytesMax != 0 && reserve > bytesMax / 2) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    BrokerKeys.RESERVE_BYTES
                            + "="
                            + BrokerKeys.RESERVE_BYTES.show(reserve)
                            + " is more than half of "
                            + BrokerKeys.DISK_BYTES_MAX
                            + "="
                            + BrokerKeys.DISK_BYTES_MAX.show(bytesMax));
        }
    }

    private void tls() {
        for (ConfigKey<?> key : TlsKeys.ALL) {
            if (config.isSet(key) && config.get(TlsKeys.KEY_STORE) == null) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        key + " without " + TlsKeys.KEY_STORE + " would encrypt nothing");
            }
        }
        if (config.get(TlsKeys.CLIENT_CERTIFICATES).equals(TlsKeys.NONE)
                && config.get(TlsKeys.TRUST_STORE) != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    TlsKeys.TRUST_STORE
                            + " means nothing while "
                            + TlsKeys.CLIENT_CERTIFICATES
                            + "=none: no client is asked for a certificate");
        }
    }

    private void logins() {
        if (config.certificateNames() != CertificateNames.NONE
                && config.get(TlsKeys.CLIENT_CERTIFICATES).equals(TlsKeys.NONE)) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    LoginKeys.CERTIFICATE_USER
                            + " means nothing while "
                            + TlsKeys.CLIENT_CERTIFICATES
                            + "=none: no client is asked for a certificate");
        }
        for (ConfigKey<?> key : List.of(LoginKeys.JAAS_USER_CLASS, LoginKeys.JAAS_ROLE_CLASSES)) {
            if (config.get(key) != null && config.get(LoginKeys.JAAS_ENTRY) == null) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        key + " without " + LoginKeys.JAAS_ENTRY + " would be asked for by nobody");
            }
        }
    }

    private void users() {
        if (!config.admitsAnonymous() && !config.knowsUsers()) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    BrokerKeys.ANONYMOUS
                            + "=false without "
                            + BrokerKeys.USERS_FILE
                            + " would let nobody in");
        }
        if (config.get(BrokerKeys.MANAGERS) != null) {
            requireUsersFile(BrokerKeys.MANAGERS, "");
        }
        if (config.get(BrokerKeys.IMPORTERS) != null
                && !config.importers().contains(BrokerConfig.EVERYBODY)) {
            requireUsersFile(BrokerKeys.IMPORTERS, "; * opens it to everybody");
        }
    }

    private void permissions() {
        for (Access.Rule rule : config.rules()) {
            if (rule.grantees().distinguishes()) {
                requireUsersFile(SecurityKeys.permission(rule.right()), "");
            }
        }
        if (Grantees.of(config.get(SecurityKeys.TEMPORARY)).distinguishes()) {
            requireUsersFile(SecurityKeys.TEMPORARY, "");
        }
        if (config.get(SecurityKeys.CLIENT_IDS).equals(SecurityKeys.OWN)) {
            requireUsersFile(SecurityKeys.CLIENT_IDS, "");
        }
    }

    private void destinations() {
        int declared = config.declaredQueues().size() + config.declaredTopics().size();
        if (declared > config.get(BrokerKeys.DESTINATIONS_MAX)) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    DeclaredKeys.QUEUES
                            + " and "
                            + DeclaredKeys.TOPICS
                            + " name "
                            + declared
                            + " destinations, "
                            + BrokerKeys.DESTINATIONS_MAX
                            + " allows "
                            + config.get(BrokerKeys.DESTINATIONS_MAX));
        }
        long bytesMax = config.get(BrokerKeys.NAME_BYTES_MAX);
        for (List<String> names : List.of(config.declaredQueues(), config.declaredTopics())) {
            for (String name : names) {
                int bytes = name.getBytes(StandardCharsets.UTF_8).length;
                if (bytes > bytesMax) {
                    throw new WireException(
                            ErrorCode.INVALID_OPTION,
                            "the destination \""
                                    + name
                                    + "\" has "
                                    + bytes
                                    + " bytes, "
                                    + BrokerKeys.NAME_BYTES_MAX
                                    + " allows "
                                    + bytesMax);
                }
            }
        }
    }

    private void requireUsersFile(ConfigKey<String> names, String otherwise) {
        if (!config.knowsUsers()) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    names
                            + " without "
                            + BrokerKeys.USERS_FILE
                            + " would keep nobody out: no password is checked"
                            + otherwise);
        }
    }
}
