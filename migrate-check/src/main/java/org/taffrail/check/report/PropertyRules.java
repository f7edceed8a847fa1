// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Feature;
import org.taffrail.check.report.Judgement.Area;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Judges properties by their names and types. */
final class PropertyRules {
    private static final Set<String> TYPES =
            Set.of(
                    "null",
                    "java.lang.String",
                    "java.lang.Boolean",
                    "java.lang.Byte",
                    "java.lang.Short",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Float",
                    "java.lang.Double");

    private static final Set<String> WORDS =
            Set.of(
                    "NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS",
                    "ESCAPE");

    private final Run run;
    private final Findings findings;
    private final Set<String> names = new HashSet<>();
    private final List<String> plain = new ArrayList<>();
    private Count plainCount = new Count(0, "");

    private PropertyRules(Run run, Findings findings) {
        this.run = run;
        this.findings = findings;
    }

    static void judge(Run run, Findings findings) {
        findings.in(Area.MESSAGES);
        PropertyRules rules = new PropertyRules(run, findings);
        for (Map.Entry<String, Count> each : run.uses(Feature.PROPERTY_SENT).entrySet()) {
            int tab = each.getKey().indexOf('\t');
            String name = tab < 0 ? each.getKey() : each.getKey().substring(0, tab);
            if (name.equals("JMSXDeliveryCount")) {
                // some providers list it also with messages that were never delivered
                continue;
            }
            rules.names.add(name);
            String type = tab < 0 ? "null" : each.getKey().substring(tab + 1);
            rules.sent(name, type, each.getValue());
        }
        if (!rules.plain.isEmpty()) {
            findings.works(
                    "Properties " + String.join(", ", rules.plain.stream().limit(40).toList()),
                    rules.plain.size() > 40 ? "And " + (rules.plain.size() - 40) + " more." : "",
                    rules.plainCount);
        }
        rules.received();
    }

    private void sent(String name, String type, Count count) {
        String what = "Property " + name;
        if (!isIdentifier(name)) {
            findings.not(
                    what,
                    "Refused: a name is a Java identifier and no word of the selector language."
                            + " Rename it.",
                    count);
        } else if (!TYPES.contains(type)) {
            findings.not(
                    what + " of " + type,
                    "Refused: values are of Java's primitive types or texts. Put it into the body.",
                    count);
        } else if (!isGroup(name, type, count) && !isOfVendor(what, name, count)) {
            plain.add(name + " (" + type.substring(type.lastIndexOf('.') + 1) + ")");
            plainCount = plainCount.plus(count);
        }
    }

    static boolean isIdentifier(String name) {
        if (name.isEmpty()
                || WORDS.contains(name.toUpperCase(Locale.ROOT))
                || !Character.isJavaIdentifierStart(name.codePointAt(0))) {
            return false;
        }
        return name.codePoints().allMatch(Character::isJavaIdentifierPart);
    }

    private boolean isGroup(String name, String type, Count count) {
        if (name.equals("JMSXGroupID")) {
            if (type.equals("java.lang.String") || type.equals("null")) {
                findings.works(
                        "Message groups (JMSXGroupID)",
                        "A group stays with its consumer; limits.messageGroupsMax are remembered,"
                                + " 10,000 by default.",
                        count);
            } else {
                findings.not("JMSXGroupID of " + type, "Refused: it is a String.", count);
            }
            return true;
        }
        if (name.equals("JMSXGroupSeq")) {
            if (type.equals("java.lang.Integer")) {
                findings.works("JMSXGroupSeq", "", count);
            } else {
                findings.not("JMSXGroupSeq of " + type, "Refused: it is an int.", count);
            }
            return true;
        }
        return false;
    }

    private boolean isOfVendor(String what, String name, Count count) {
        switch (name) {
            case "AMQ_SCHEDULED_DELAY", "_AMQ_SCHED_DELIVERY" ->
                    findings.setting(
                            what,
                            "It would travel, and delay nothing. JMS has delivery delays.",
                            "producer.setDeliveryDelay(delayMs)",
                            count);
            case "AMQ_SCHEDULED_PERIOD", "AMQ_SCHEDULED_REPEAT", "AMQ_SCHEDULED_CRON" ->
                    findings.not(
                            what,
                            "Nothing is sent repeatedly by the broker: let the application's own"
                                    + " scheduler send it, each time.",
                            count);
            case "_AMQ_GROUP_ID" ->
                    findings.setting(
                            what,
                            "Groups are those of JMS.",
                            "message.setStringProperty(\"JMSXGroupID\", group)",
                            count);
            case "_AMQ_LVQ_NAME" ->
                    findings.not(
                            what + ": last-value queue",
                            "Every message is kept until it is consumed. Keep the last value in"
                                    + " the receiver, by the property.",
                            count);
            case "_AMQ_DUPL_ID" ->
                    findings.not(
                            what + ": duplicate detection by the application's id",
                            "The id is not looked at. What a failover: URL sends again after a"
                                    + " loss stands in the log once anyway; what the application"
                                    + " sends twice does so twice.",
                            count);
            case "JMS_IBM_Retain" ->
                    findings.not(
                            what + ": retained publication",
                            "It would travel, and retain nothing. Subscribers can begin in the"
                                    + " past: createTopic(\"prices?start=-PT1H\"), with"
                                    + " retention.timeMs of the broker.",
                            count);
            case "JMSXUserID" ->
                    findings.setting(
                            what,
                            "What the application sets does not travel: the broker vouches for the"
                                    + " user. This puts the connection's user there.",
                            "taffrail://localhost:61700?jms.populateJMSXUserID=true",
                            count);
            default -> {
                return isOfVendorByPrefix(what, name, count);
            }
        }
        return true;
    }

    private boolean isOfVendorByPrefix(String what, String name, Count count) {
        if (name.startsWith("JMS_IBM_Report_") || name.equals("JMS_IBM_Feedback")) {
            findings.not(
                    what + ": report messages",
                    "It would travel, and nobody reports. Confirm with a message of the"
                            + " application, to JMSReplyTo.",
                    count);
        } else if (name.startsWith("JMS_IBM_")) {
            findings.look(
                    what,
                    "It travels as a plain property: nothing converts or routes by it. See whether"
                            + " a receiver reads it.",
                    "",
                    count);
        } else if (name.startsWith("_AMQ_") || name.startsWith("AMQ_")) {
            findings.not(
                    what,
                    "It would travel as a plain property, without an effect. See what it is for.",
                    count);
        } else {
            return false;
        }
        return true;
    }

    /** What the present provider puts into messages: whether anybody reads it can't be seen. */
    private void received() {
        for (Map.Entry<String, Count> each : run.uses(Feature.PROPERTY_RECEIVED).entrySet()) {
            String name = each.getKey();
            if (names.contains(name)) {
                // the application has sent it itself, and is told above
                continue;
            }
            String what = "Property " + name + ", received";
            String reads = "See whether the application reads it. ";
            switch (name) {
                case "JMSXUserID" ->
                        findings.look(
                                what,
                                reads + "Senders' connections put it there.",
                                "taffrail://localhost:61700?jms.populateJMSXUserID=true",
                                each.getValue());
                case "JMSXAppID" ->
                        findings.look(
                                what,
                                reads + "Senders' connections put it there.",
                                "taffrail://localhost:61700?jms.applicationID=NAME",
                                each.getValue());
                case "JMSXRcvTimestamp" ->
                        findings.look(
                                what,
                                reads + "Receivers' connections put it there.",
                                "taffrail://localhost:61700?jms.populateJMSXRcvTimestamp=true",
                                each.getValue());
                default -> {
                    if (isSetByVendor(name)) {
                        findings.look(
                                what,
                                reads + "Taffrail does not set it: it is null then.",
                                "",
                                each.getValue());
                    }
                }
            }
        }
    }

    private static boolean isSetByVendor(String name) {
        return name.equals("JMSXGroupFirstForConsumer")
                || name.startsWith("JMS_IBM_")
                || name.startsWith("JMSActiveMQ")
                || name.startsWith("_AMQ_")
                || name.startsWith("AMQ_")
                || name.equals("originalDestination");
    }
}
