// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.broker.core.ConsumerStatus;
import org.taffrail.broker.core.Holders;
import org.taffrail.broker.core.Page;
import org.taffrail.broker.management.Connections;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerView;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.wire.frame.ClientFrame;

import java.util.List;
import java.util.Set;

/** Looks at who is connected, and at what one connection has. */
final class Connected {
    private static final Set<String> PAGE = Set.of("after");
    private static final Set<String> ONE = Set.of("id", "after");
    private static final int PAGE_ROWS = 100;

    private Connected() {}

    static Json all(Broker broker, Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, PAGE);
        visit.requireManager();
        String after = arguments.text("after");
        Page<Connections.Connected> page =
                Visit.await(broker.ask(view -> view.connections().page(after, PAGE_ROWS)));
        Json rows = Json.list();
        page.rows().forEach(each -> rows.add(row(each)));
        return Json.object().put("connections", rows).put("next", page.next());
    }

    /** What one connection has, as of one moment. */
    private record Found(
            Connections.Connected connected,
            long producer,
            Page<Holders.Attached> consumers,
            List<Holders.Open> transactions) {}

    static Json one(Broker broker, Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, ONE);
        visit.requireManager();
        long id = arguments.number("id", 0, 0, Long.MAX_VALUE);
        String after = arguments.text("after");
        Found found = Visit.await(broker.ask(view -> find(view, id, after)));
        if (found.connected == null) {
            throw new Refusal(Refusal.NOT_FOUND, "there is no connection " + id + ", or not now");
        }
        Json consumers = Json.list();
        found.consumers.rows().forEach(each -> consumers.add(row(each)));
        Json transactions = Json.list();
        for (Holders.Open each : found.transactions) {
            transactions.add(
                    Json.object()
                            .put("id", each.id())
                            .put("sends", each.sends())
                            .put("accepts", each.accepts()));
        }
        return row(found.connected)
                .put("producer", found.producer)
                .put("transactionList", transactions)
                .put("consumerList", consumers)
                .put("next", found.consumers.next());
    }

    private static Found find(BrokerView view, long id, String after) {
        Holders holders = view.overview().holders();
        return new Found(
                view.connections().connected(id),
                holders.producer(id),
                holders.attached(id, after, PAGE_ROWS),
                holders.transactions(id, PAGE_ROWS));
    }

    private static Json row(Connections.Connected connected) {
        Connections.Peer peer = connected.peer();
        return Json.object()
                .put("id", connected.status().connection())
                .put("peer", peer.peer())
                .put("user", peer.user())
                .put("clientId", peer.clientId())
                .put("product", peer.product())
                .put("consumers", connected.status().consumers())
                .put("transactions", connected.status().transactions())
                .put("held", connected.status().held())
                .put("paused", connected.status().paused());
    }

    private static Json row(Holders.Attached attached) {
        ConsumerStatus status = attached.status();
        boolean queue = attached.of().kind().isQueue();
        return Json.object()
                .put("id", status.id())
                .put("kind", queue ? "queue" : "topic")
                .put("name", attached.of().name())
                .put("temporary", attached.of().kind().isTemporary())
                .put("group", status.group())
                .put("browses", attached.source() == ClientFrame.Source.BROWSER)
                .put("subscription", attached.subscription())
                .put("selector", status.selector())
                .put("exclusive", status.exclusive())
                .put("held", status.held())
                .put("oldestHeldMs", status.oldestHeldMs())
                .put("credit", status.credit())
                .put("ended", status.ended());
    }
}
