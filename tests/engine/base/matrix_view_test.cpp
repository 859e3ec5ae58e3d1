#include "engine/base/matrix_view.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using namespace lab;

TEST_CASE("a view lays rows and columns over somebody else's floats") {
    std::vector<float> data{1, 2, 3, 4, 5, 6};
    const MutableMatrixView view{data, 2, 3};
    CHECK(view.at(0, 2) == 3);
    CHECK(view.at(1, 0) == 4);
    CHECK(view.row(1).size() == 3);
    CHECK(view.row(1)[2] == 6);
    view.at(1, 1) = 50;
    CHECK(data[4] == 50);
}

TEST_CASE("a mutable view serves where a constant one is asked for") {
    std::vector<float> data{1, 2};
    const MutableMatrixView view{data, 1, 2};
    const MatrixView constant = view;
    CHECK(constant.rows == 1);
    CHECK(constant.columns == 2);
    CHECK(constant.data.data() == data.data());
}

TEST_CASE("rows without columns are empty") {
    const MatrixView view{{}, 3, 0};
    CHECK(view.row(2).empty());
}
