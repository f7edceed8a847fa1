// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a day at the order desk, from the desk's own books.
 *
 * @param accounts what became of each order
 * @param urgent how the urgent order fared
 * @param bulletins what the subscriber that was away caught up with
 * @param quotes the price quotes
 * @param faults what went wrong in a thread of the desk, in words
 */
public record DeskSummary(
        Accounts accounts,
        Overtaking urgent,
        CatchUp bulletins,
        Quotes quotes,
        List<String> faults) {

    /**
     * What became of each order.
     *
     * @param sent the numbers of all orders sent, in this order
     * @param filled how often each order was confirmed; an order never confirmed is not in it
     * @param deadLettered the orders found on the dead-letter queue
     * @param filledByClerk how many orders each clerk filled
     * @param billed what the orders filled came to, in euro
     */
    public record Accounts(
            List<String> sent,
            Map<String, Integer> filled,
            List<DeadLetter> deadLettered,
            Map<String, Integer> filledByClerk,
            BigDecimal billed) {}

    /**
     * An order found on the dead-letter queue.
     *
     * @param orderId its number
     * @param deliveries how often it was delivered to a clerk, by {@code JMSXDeliveryCount}
     * @param reason why the clerk that had it last could not fill it
     */
    public record DeadLetter(String orderId, int deliveries, String reason) {}

    /**
     * How the urgent order, sent after all that waited, fared.
     *
     * @param orderId its number
     * @param clerk who got it
     * @param firstOfClerk whether this clerk was given nothing before it
     * @param overtook how many orders, sent before it, were handed out after it
     */
    public record Overtaking(String orderId, String clerk, boolean firstOfClerk, int overtook) {}

    /**
     * What a durable subscriber that was away should have received and did receive.
     *
     * @param expected the texts that its selector matches, in the order of their sending
     * @param received the texts it got when it came back
     */
    public record CatchUp(List<String> expected, List<String> received) {}

    /**
     * Price quotes by request and reply.
     *
     * @param asked how many were asked for
     * @param answered how many were answered with the right price for the right request
     */
    public record Quotes(int asked, int answered) {}

    /**
     * Says what is not as it should be.
     *
     * @return a sentence for each problem; empty if all is well
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(faults);
        accountForEveryOrder(problems);
        if (!urgent.firstOfClerk() || urgent.overtook() == 0) {
            problems.add("urgent order " + urgent.orderId() + " did not overtake those waiting");
        }
        if (!bulletins.expected().equals(bulletins.received())) {
            problems.add(
                    "the subscriber that was away caught up with "
                            + bulletins.received()
                            + " instead of "
                            + bulletins.expected());
        }
        if (quotes.answered() != quotes.asked()) {
            problems.add(quotes.answered() + " of " + quotes.asked() + " quotes answered rightly");
        }
        return List.copyOf(problems);
    }

    private void accountForEveryOrder(List<String> problems) {
        Map<String, Integer> ends = new LinkedHashMap<>();
        accounts.sent().forEach(id -> ends.put(id, 0));
        accounts.filled().forEach((id, times) -> ends.merge(id, times, Integer::sum));
        accounts.deadLettered().forEach(dead -> ends.merge(dead.orderId(), 1, Integer::sum));
        ends.forEach(
                (id, times) -> {
                    if (times != 1) {
                        problems.add("order " + id + " is accounted for " + times + " times");
                    }
                });
        if (ends.size() != accounts.sent().size()) {
            problems.add(
                    accounts.sent().size() + " orders sent, but " + ends.size() + " accounted for");
        }
    }
}
