"""How names are written."""

import pytest

from flake8_pyarch.source.naming import cap_words, is_mixed_case, snake_case


@pytest.mark.parametrize(
    "name", ["orderId", "_orderId", "__orderId", "md5Hash", "lastURL", "adaLN_x", "x_orderId", "éÀ"]
)
def test_mixed_case(name: str) -> None:
    assert is_mixed_case(name)


@pytest.mark.parametrize(
    "name", ["order_id", "OrderId", "ORDER", "_", "__", "", "x", "X", "x_T", "x2D", "x_B_3D", "_X", "数"]
)
def test_not_mixed_case(name: str) -> None:
    assert not is_mixed_case(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("orderId", "order_id"),
        ("_orderId", "_order_id"),
        ("OrderLine", "order_line"),
        ("fetchHTTPPage", "fetch_http_page"),
        ("md5Hash", "md5_hash"),
        ("conv2D", "conv2d"),
        ("GET", "get"),
        ("place_Order", "place_order"),
    ],
)
def test_snake_case(name: str, expected: str) -> None:
    assert snake_case(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("order_line", "OrderLine"), ("_order", "_Order"), ("Order_", "Order"), ("HTTP_Server", "HTTPServer")],
)
def test_cap_words(name: str, expected: str) -> None:
    assert cap_words(name) == expected
