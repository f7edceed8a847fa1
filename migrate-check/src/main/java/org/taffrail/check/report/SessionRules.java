// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Feature;
import org.taffrail.check.report.Judgement.Area;

import java.util.Map;

/** Judges connections, sessions, contexts, transactions and the platform. */
final class SessionRules {
    private static final int JAVA_MIN = 17;

    private final Run run;
    private final Findings findings;

    private SessionRules(Run run, Findings findings) {
        this.run = run;
        this.findings = findings;
    }

    static void judge(Run run, Findings findings) {
        SessionRules rules = new SessionRules(run, findings);
        findings.in(Area.PLATFORM);
        rules.platform();
        findings.in(Area.CONNECTIONS);
        rules.connections();
        rules.sessions(Feature.SESSION, "Session");
        rules.sessions(Feature.CONTEXT, "Context");
        findings.in(Area.TRANSACTIONS);
        rules.globalTransactions();
    }

    private void platform() {
        for (Map<String, String> process : run.processes()) {
            String version = process.getOrDefault("java", "");
            if (major(version) < JAVA_MIN) {
                findings.setting(
                        "Java " + version + " (" + process.getOrDefault("process", "") + ")",
                        "The provider needs Java " + JAVA_MIN + " or newer.",
                        "JAVA_HOME=(a JDK " + JAVA_MIN + " or newer)",
                        new Count(1, ""));
            }
        }
    }

    /** 8 for "1.8.0_402" and 17 for "17.0.9"; a large number where it can't be told. */
    static int major(String version) {
        String[] parts = version.split("[^0-9]+");
        try {
            int first = Integer.parseInt(parts[0]);
            return first == 1 && parts.length > 1 ? Integer.parseInt(parts[1]) : first;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Integer.MAX_VALUE;
        }
    }

    private void works(Feature feature, String what, String advice) {
        if (run.hasUsed(feature)) {
            findings.works(what, advice, run.use(feature));
        }
    }

    private void connections() {
        works(Feature.CONNECTION, "Connections", "");
        works(
                Feature.CREDENTIALS,
                "Connections with user and password",
                "Until users are named everybody may connect, with any password: taffrail user add"
                        + " NAME --file FILE, and --set security.usersFile=FILE for the broker.");
        works(
                Feature.CLIENT_ID,
                "Connection.setClientID",
                "A URL with jms.clientID would fix it: the call is refused then.");
        works(Feature.EXCEPTION_LISTENER, "Exception listeners", "");
        for (Map.Entry<String, Count> each : run.uses(Feature.CONNECTION_CONSUMER).entrySet()) {
            findings.not(
                    "Connection." + each.getKey(),
                    "Connection consumers are for application servers, and refused. A listener on"
                            + " a consumer, or a container such as Spring's"
                            + " DefaultMessageListenerContainer, does the same work. There is no"
                            + " resource adapter yet.",
                    each.getValue());
        }
        if (run.hasUsed(Feature.SESSION_LISTENER)) {
            findings.not(
                    "Session.setMessageListener",
                    "A listener of a whole session is for application servers, and refused. Set it"
                            + " on a consumer of the session.",
                    run.use(Feature.SESSION_LISTENER));
        }
        works(Feature.COMMIT, "commit", "");
        works(Feature.ROLLBACK, "rollback", redelivery());
        works(Feature.RECOVER, "Session.recover", redelivery());
        works(Feature.CONTEXT_ACKNOWLEDGE, "JMSContext.acknowledge", "");
    }

    static String redelivery() {
        return "After 10 failed deliveries a message goes to DLQ. and the queue's name;"
                + " redelivery.deliveriesMax and redelivery.delayMs of the broker change that,"
                + " for all or by name.";
    }

    private void sessions(Feature feature, String kind) {
        for (Map.Entry<String, Count> each : run.uses(feature).entrySet()) {
            Count count = each.getValue();
            switch (each.getKey()) {
                case "auto" -> findings.works(kind + ", AUTO_ACKNOWLEDGE", "", count);
                case "client" -> findings.works(kind + ", CLIENT_ACKNOWLEDGE", "", count);
                case "dups-ok" -> findings.works(kind + ", DUPS_OK_ACKNOWLEDGE", "", count);
                case "transacted" -> findings.works(kind + ", transacted", "", count);
                case "xa" -> findings.works(kind + " for global transactions", "", count);
                default ->
                        findings.not(mode(kind, each.getKey()), modeAdvice(each.getKey()), count);
            }
        }
    }

    private String mode(String kind, String mode) {
        String name =
                switch (mode) {
                    case "mode 4" -> "INDIVIDUAL_ACKNOWLEDGE of ActiveMQ";
                    case "mode 100" -> "PRE_ACKNOWLEDGE of Artemis";
                    case "mode 101" -> "INDIVIDUAL_ACKNOWLEDGE of Artemis";
                    default -> "not one of JMS";
                };
        return kind + ", acknowledge " + mode + ": " + name;
    }

    private String modeAdvice(String mode) {
        return switch (mode) {
            case "mode 4", "mode 101" ->
                    "No message is acknowledged for itself: CLIENT_ACKNOWLEDGE acknowledges all"
                            + " that the session has received. Use a session for each message that"
                            + " is worked on at a time, with CLIENT_ACKNOWLEDGE or transacted.";
            case "mode 100" ->
                    "Nothing is acknowledged before it is delivered. DUPS_OK_ACKNOWLEDGE comes"
                            + " nearest in cost, and loses nothing.";
            default -> "Session modes are those of jakarta.jms.Session; others are refused.";
        };
    }

    private void globalTransactions() {
        works(
                Feature.XA_CONNECTION,
                "Connections for global transactions",
                "TaffrailConnectionFactory is an XAConnectionFactory.");
        works(Feature.XA_START, "XAResource.start", "");
        works(Feature.XA_PREPARE, "XAResource.prepare", "");
        for (Map.Entry<String, Count> each : run.uses(Feature.XA_COMMIT).entrySet()) {
            findings.works("XAResource.commit, " + each.getKey(), "", each.getValue());
        }
        works(Feature.XA_ROLLBACK, "XAResource.rollback", "");
        works(
                Feature.XA_RECOVER,
                "XAResource.recover",
                "Branches belong to the user: whoever recovers connects as the same one.");
        if (run.hasUsed(Feature.LISTENER_IN_XA)) {
            findings.not(
                    "Listener in a session for global transactions",
                    "Refused: nothing could be enlisted before a message is delivered. Receive"
                            + " instead, as Spring's DefaultMessageListenerContainer does with a"
                            + " JtaTransactionManager.",
                    run.use(Feature.LISTENER_IN_XA));
        }
    }
}
