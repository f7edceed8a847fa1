// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.MessageIds;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Sends one message, to try what it does. */
final class Sending {
    private static final Set<String> KNOWN =
            Set.of(
                    "kind",
                    "name",
                    "body",
                    "base64",
                    "properties",
                    "persistent",
                    "priority",
                    "timeToLiveMs",
                    "deliveryDelayMs",
                    "correlationId",
                    "type",
                    "group");
    private static final int PRIORITY = 4;
    private static final long YEAR_MS = 366L * 24 * 3600 * 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Sending() {}

    static Json send(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, KNOWN);
        DestinationKind kind =
                arguments.kind().equals("queue") ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        String name = arguments.required("name");
        Lookups.requireDestination(visit, kind, name); // a typing error must not make one
        long nowMs = System.currentTimeMillis();
        long idHigh = RANDOM.nextLong();
        long idLow = RANDOM.nextLong();
        Link.Target target = Visit.await(visit.link().resolve(kind, name));
        ByteSink run = new ByteSink(1024);
        int at = RunLayout.begin(run, target.partition(), 0, 0);
        RecordEncoder encoder = new RecordEncoder(run);
        boolean persistent = !arguments.has("persistent") || arguments.flag("persistent");
        encoder.begin(
                idHigh,
                idLow,
                nowMs,
                persistent,
                (int) arguments.number("priority", PRIORITY, 0, 9));
        encoder.expiration(after(nowMs, arguments.number("timeToLiveMs", 0, 0, YEAR_MS)));
        encoder.deliveryTime(after(nowMs, arguments.number("deliveryDelayMs", 0, 0, YEAR_MS)));
        encoder.key(arguments.text("group"));
        encoder.correlation(arguments.text("correlationId"));
        encoder.type(arguments.text("type"));
        encoder.properties(properties(arguments.members("properties")));
        body(encoder, arguments);
        encoder.end();
        RunLayout.endUnsealed(run, at, 1);
        String messageId = MessageIds.format(idHigh, idLow);
        visit.visitor().sends(kind, name, messageId); // first, so that none is sent without
        Visit.await(sent(visit.link(), run));
        return Json.object().put("messageId", messageId);
    }

    private static long after(long nowMs, long ms) {
        return ms == 0 ? 0 : nowMs + ms;
    }

    private static void body(RecordEncoder encoder, Arguments arguments) {
        String text = arguments.text("body");
        String base64 = arguments.text("base64");
        if (text != null && base64 != null) {
            throw new Refusal(Refusal.BAD_REQUEST, "either 'body' or 'base64'");
        }
        if (base64 == null) {
            encoder.bodyType(BodyType.TEXT, text == null);
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            encoder.sink().putBytes(bytes, 0, bytes.length);
            return;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            encoder.bodyType(BodyType.BYTES, false);
            encoder.sink().putBytes(bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            throw Arguments.wrong("base64", "Base64");
        }
    }

    private static Map<String, Object> properties(Map<?, ?> members) {
        Map<String, Object> properties = new TreeMap<>();
        members.forEach(
                (key, value) -> {
                    String name = (String) key;
                    if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]{0,200}") || name.startsWith("JMS")) {
                        throw Arguments.wrong(
                                name, "named as Java names things, and not begin with JMS");
                    }
                    properties.put(name, value);
                });
        return properties;
    }

    private static CompletableFuture<Void> sent(Link link, ByteSink run) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        link.send(
                0,
                run,
                failure -> {
                    if (failure == null) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(failure);
                    }
                });
        return sent;
    }
}
